import type { shift as source } from '../en/shift.ts';
import type { TextsOf } from '../texts.ts';

export const shift = {
  title: 'Schicht',
} satisfies TextsOf<typeof source>;
