import type { sell as source } from '../en/sell.ts';
import type { TextsOf } from '../texts.ts';

export const sell = {
  title: 'Verkaufen',
} satisfies TextsOf<typeof source>;
