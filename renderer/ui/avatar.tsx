import type { ReactNode } from 'react';
import s from './avatar.module.css';
import { classNames } from './class-names.ts';

/** The first letters of the first and the last word of a name; one for scripts that don't shorten so. */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/u).filter(Boolean);
  const first = [...(words[0] ?? '')][0] ?? '';
  const last = words.length > 1 ? ([...(words.at(-1) ?? '')][0] ?? '') : '';
  // Arabic letters join; two of them side by side would read as a syllable.
  return /\p{Script=Arabic}/u.test(first) ? first : `${first}${last}`.toUpperCase();
}

export interface AvatarProps {
  readonly name: string;
  readonly tone?: 'fill' | 'quiet' | undefined;
}

/** A person's initials in a circle, always beside the name. */
export function Avatar({ name, tone = 'fill' }: AvatarProps): ReactNode {
  return (
    <span aria-hidden="true" className={classNames(s['avatar'], s[tone])}>
      {initialsOf(name)}
    </span>
  );
}
