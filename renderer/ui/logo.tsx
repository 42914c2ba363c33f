import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import s from './logo.module.css';

export interface LogoProps {
  /** The mark alone, where the navigation is narrow. */
  readonly isMarkOnly?: boolean | undefined;
  readonly size?: 'default' | 'large' | undefined;
}

/** The till roll and the name. Never animated, never mirrored. */
export function Logo({ isMarkOnly = false, size = 'default' }: LogoProps): ReactNode {
  return (
    <span className={classNames(s['logo'], s[size])}>
      <svg
        aria-hidden={!isMarkOnly}
        aria-label={isMarkOnly ? 'Evertill' : undefined}
        className={s['mark']}
        role="img"
        viewBox="0 0 32 32"
      >
        <rect className={s['ground']} height="32" rx="7" width="32" />
        <path
          className={s['roll']}
          d="M9.2 7.5h13.6v.1a1.7 1.7 0 0 1 0 3.4H9.2a1.7 1.7 0 0 1 0-3.5ZM9.2 13.2h7.6a1.7 1.7 0 0 1 0 3.4H9.2a1.7 1.7 0 0 1 0-3.4ZM21 13.2h1.8a1.7 1.7 0 0 1 0 3.4H21a1.7 1.7 0 0 1 0-3.4ZM7.5 18.8h17V25l-2.1-1.7-2.15 1.7-2.1-1.7L16 25l-2.15-1.7-2.1 1.7-2.15-1.7L7.5 25Z"
        />
      </svg>
      {!isMarkOnly && (
        <span className={s['name']} dir="ltr">
          Evertill
        </span>
      )}
    </span>
  );
}
