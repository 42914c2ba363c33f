import type { done as source } from '../en/done.ts';
import type { TextsOf } from '../texts.ts';

export const done = {
  title: 'تم',
} satisfies TextsOf<typeof source>;
