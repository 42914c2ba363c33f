import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import s from './steps.module.css';

export interface StepsProps {
  readonly label: string;
  readonly steps: readonly string[];
  /** From 0. */
  readonly current: number;
}

/** Where one is in a short procedure: 1 Count, 2 Compare, 3 Close. */
export function Steps({ current, label, steps }: StepsProps): ReactNode {
  return (
    <ol aria-label={label} className={s['steps']}>
      {steps.map((step, at) => (
        <li
          aria-current={at === current ? 'step' : undefined}
          className={classNames(s['step'], at === current && s['current'])}
          key={step}
        >
          <bdi>{at + 1}</bdi> {step}
        </li>
      ))}
    </ol>
  );
}
