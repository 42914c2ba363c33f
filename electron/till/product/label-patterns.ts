import type { LabelPattern } from '../../../shared/product/label.ts';

/** Labels of scales in the United Kingdom and most of Europe: 2, a five-digit item, a price or a weight. */
export const labelPatterns: readonly LabelPattern[] = [
  {
    name: 'weight',
    prefix: '21',
    item_digits: 5,
    value_digits: 5,
    value: 'weight_grams',
    value_scale: 1,
    has_verifier: false,
  },
  {
    name: 'price',
    prefix: '20',
    item_digits: 5,
    value_digits: 5,
    value: 'price_minor',
    value_scale: 1,
    has_verifier: false,
  },
];
