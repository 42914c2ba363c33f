import type { pay as source } from '../en/pay.ts';
import type { TextsOf } from '../texts.ts';

export const pay = {
  title: 'الدفع',
} satisfies TextsOf<typeof source>;
