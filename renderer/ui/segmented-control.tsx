import type { ReactNode } from 'react';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { classNames } from './class-names.ts';
import { isolated } from './isolated.tsx';
import s from './segmented-control.module.css';
import type { Choice } from './select.tsx';

export interface SegmentedControlProps<Id extends string> {
  /** What is chosen here; for screen readers, unless `isLabelShown`. */
  readonly label: string;
  readonly isLabelShown?: boolean | undefined;
  readonly choices: readonly Choice<Id>[];
  readonly value: Id | null;
  readonly onChange: (value: Id) => void;
  readonly isDisabled?: boolean | undefined;
  /** Buttons with a gap between them (reasons), instead of one box cut in parts. */
  readonly isLoose?: boolean | undefined;
}

/** One of a few, all of them in sight. */
export function SegmentedControl<Id extends string>(props: SegmentedControlProps<Id>): ReactNode {
  const { choices, isDisabled = false, isLabelShown = false, isLoose = false, label, onChange, value } = props;
  const control = (
    <ToggleButtonGroup
      aria-label={label}
      className={classNames(s['group'], isLoose ? s['loose'] : s['joined'])}
      disallowEmptySelection
      isDisabled={isDisabled}
      onSelectionChange={(keys) => {
        const chosen = choices.find((choice) => keys.has(choice.id));
        if (chosen !== undefined && chosen.id !== value) onChange(chosen.id);
      }}
      selectedKeys={value === null ? [] : [value]}
      selectionMode="single"
    >
      {choices.map((choice) => (
        <ToggleButton
          className={s['part'] ?? ''}
          id={choice.id}
          isDisabled={choice.isDisabled ?? false}
          key={choice.id}
        >
          {isolated(choice.label)}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
  if (!isLabelShown) return control;
  return (
    <div className={s['labelled']}>
      <span aria-hidden="true" className={s['label']}>
        {label}
      </span>
      {control}
    </div>
  );
}
