import { Check, ChevronDown, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, ListBox, ListBoxItem, Popover, Select as AriaSelect, SelectValue } from 'react-aria-components';
import { classNames } from './class-names.ts';
import { ariaField, fieldClass, FieldLabel, FieldNotes, type FieldProps } from './field.tsx';
import { isolated } from './isolated.tsx';
import s from './select.module.css';

export interface Choice<Id extends string = string> {
  readonly id: Id;
  readonly label: string;
  readonly detail?: string | undefined;
  readonly isDisabled?: boolean | undefined;
}

export interface SelectProps<Id extends string> extends FieldProps {
  readonly choices: readonly Choice<Id>[];
  readonly value: Id | null;
  readonly onChange: (value: Id) => void;
  readonly placeholder?: string | undefined;
  readonly icon?: LucideIcon | undefined;
}

/** One of a list that is too long for a row of buttons. */
export function Select<Id extends string>(props: SelectProps<Id>): ReactNode {
  const { choices, icon: Icon, onChange } = props;
  return (
    <AriaSelect
      {...ariaField(props)}
      className={fieldClass}
      onChange={(key) => {
        const chosen = choices.find((choice) => choice.id === key);
        if (chosen !== undefined) onChange(chosen.id);
      }}
      placeholder={props.placeholder ?? ''}
      validationBehavior="aria"
      value={props.value}
    >
      <FieldLabel isLabelHidden={props.isLabelHidden} label={props.label} />
      <Button className={classNames(s['button'], props.error !== undefined && s['invalid'])}>
        {Icon !== undefined && <Icon aria-hidden="true" className={s['icon']} />}
        <SelectValue className={s['value'] ?? ''}>
          {({ selectedText, defaultChildren }) => isolated(selectedText) ?? defaultChildren}
        </SelectValue>
        <ChevronDown aria-hidden="true" className={s['icon']} />
      </Button>
      <FieldNotes description={props.description} error={props.error} />
      <Popover className={s['popover'] ?? ''} offset={6}>
        <ListBox className={s['list'] ?? ''} items={choices}>
          {(choice) => (
            <ListBoxItem
              className={s['item'] ?? ''}
              id={choice.id}
              isDisabled={choice.isDisabled ?? false}
              textValue={choice.label}
            >
              <span className={s['words']}>
                <span>{isolated(choice.label)}</span>
                {choice.detail !== undefined && <span className={s['detail']}>{isolated(choice.detail)}</span>}
              </span>
              <Check aria-hidden="true" className={s['tick']} />
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
