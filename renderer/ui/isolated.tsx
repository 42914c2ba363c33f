import type { ReactNode } from 'react';

/** Words that may be of another direction than the page: names, numbers, dates. Elements bring their own isolation. */
export function isolated(content: ReactNode): ReactNode {
  return typeof content === 'string' || typeof content === 'number' ? <bdi>{content}</bdi> : content;
}
