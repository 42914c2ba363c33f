import type { products as source } from '../en/products.ts';
import type { TextsOf } from '../texts.ts';

export const products = {
  title: 'Artikel',
} satisfies TextsOf<typeof source>;
