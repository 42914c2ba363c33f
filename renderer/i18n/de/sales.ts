import type { sales as source } from '../en/sales.ts';
import type { TextsOf } from '../texts.ts';

export const sales = {} as TextsOf<typeof source>;
