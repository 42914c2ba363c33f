import type { refund as source } from '../en/refund.ts';
import type { TextsOf } from '../texts.ts';

export const refund = {
  title: 'استرجاع',
} satisfies TextsOf<typeof source>;
