import type { products as source } from '../en/products.ts';
import type { TextsOf } from '../texts.ts';

export const products = {
  title: 'المنتجات',
} satisfies TextsOf<typeof source>;
