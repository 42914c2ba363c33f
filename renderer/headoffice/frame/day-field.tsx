import type { ReactNode } from 'react';
import { dateText } from '../../../shared/journal/envelope.ts';
import s from './day-field.module.css';

export interface DayFieldProps {
  readonly label: string;
  readonly isLabelHidden?: boolean | undefined;
  /** `2026-11-21`; empty for none. */
  readonly value: string;
  /** Null when the field was emptied. */
  readonly onChange: (day: string | null) => void;
}

/** A day of the calendar, chosen with the browser's own calendar. */
export function DayField({ isLabelHidden = false, label, onChange, value }: DayFieldProps): ReactNode {
  return (
    <label className={s['field']}>
      <span className={isLabelHidden ? s['hidden'] : s['label']}>{label}</span>
      <input
        className={s['input']}
        max="2999-12-31"
        min="1900-01-01"
        onChange={({ target }) => {
          if (target.value === '') onChange(null);
          // While a year is typed, the browser hands over years of one digit too.
          else if (dateText.safeParse(target.value).success) onChange(target.value);
        }}
        type="date"
        value={value}
      />
    </label>
  );
}
