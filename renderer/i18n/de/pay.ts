import type { pay as source } from '../en/pay.ts';
import type { TextsOf } from '../texts.ts';

export const pay = {
  title: 'Bezahlen',
} satisfies TextsOf<typeof source>;
