import type { sync as source } from '../en/sync.ts';
import type { TextsOf } from '../texts.ts';

export const sync = {
  title: 'Abgleich',
} satisfies TextsOf<typeof source>;
