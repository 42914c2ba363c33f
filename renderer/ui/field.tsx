import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { FieldError, Group, Label, Text } from 'react-aria-components';
import { classNames } from './class-names.ts';
import type { MarkedProps } from './marked-fields.tsx';
import { hiddenFromSight } from './hidden.ts';
import s from './field.module.css';

/** What every field with a label has in common. */
export interface FieldProps extends MarkedProps {
  readonly label: string;
  /** For a field whose place says what it is (the scan field): the label is for screen readers only. */
  readonly isLabelHidden?: boolean | undefined;
  readonly description?: string | undefined;
  /** What is wrong and that nothing was saved; shown beneath, announced with the field. */
  readonly error?: string | undefined;
  readonly isRequired?: boolean | undefined;
  readonly isDisabled?: boolean | undefined;
  readonly isReadOnly?: boolean | undefined;
  readonly autoFocus?: boolean | undefined;
  readonly name?: string | undefined;
  readonly id?: string | undefined;
}

/** The class of a field's outermost element. */
export const fieldClass = s['field'] ?? '';
/** The class of the input itself, and the mark that lets the frame carry its focus ring. */
export const framedInput = { className: s['input'] ?? '', 'data-framed': '' } as const;
export const framedFigures = {
  className: classNames(s['input'], s['figures']),
  'data-framed': '',
  dir: 'ltr',
} as const;

/** A field's label, above it. */
export function FieldLabel({ label, isLabelHidden = false }: Pick<FieldProps, 'label' | 'isLabelHidden'>): ReactNode {
  return <Label className={isLabelHidden ? hiddenFromSight : (s['label'] ?? '')}>{label}</Label>;
}

/** The edge around an input, with what stands before and after it. */
export function FieldFrame(props: {
  readonly children: ReactNode;
  readonly before?: ReactNode;
  readonly after?: ReactNode;
  readonly isTall?: boolean | undefined;
  readonly isArmed?: boolean | undefined;
}): ReactNode {
  return (
    <Group className={classNames(s['frame'], props.isTall && s['tall'], props.isArmed && s['armed'])}>
      {props.before !== undefined && <span className={s['beside']}>{props.before}</span>}
      {props.children}
      {props.after !== undefined && <span className={s['beside']}>{props.after}</span>}
    </Group>
  );
}

/** What stands beneath a field: how to fill it in, or what is wrong. */
export function FieldNotes({ description, error }: Pick<FieldProps, 'description' | 'error'>): ReactNode {
  return (
    <>
      {description !== undefined && error === undefined && (
        <Text className={s['description'] ?? ''} slot="description">
          {description}
        </Text>
      )}
      <FieldError className={s['error'] ?? ''}>
        {error !== undefined && (
          <>
            <CircleAlert aria-hidden="true" className={s['error-icon']} />
            <span>{error}</span>
          </>
        )}
      </FieldError>
    </>
  );
}

/** The props of FieldProps in react-aria's words. */
export function ariaField(props: FieldProps): {
  isRequired: boolean;
  isDisabled: boolean;
  isReadOnly: boolean;
  isInvalid: boolean;
  autoFocus: boolean;
  name?: string;
  id?: string;
} {
  return {
    isRequired: props.isRequired ?? false,
    isDisabled: props.isDisabled ?? false,
    isReadOnly: props.isReadOnly ?? false,
    isInvalid: props.error !== undefined,
    autoFocus: props.autoFocus ?? false,
    ...(props.name === undefined ? {} : { name: props.name }),
    ...(props.id === undefined ? {} : { id: props.id }),
  };
}
