import type { done as source } from '../en/done.ts';
import type { TextsOf } from '../texts.ts';

export const done = {
  title: 'Fertig',
} satisfies TextsOf<typeof source>;
