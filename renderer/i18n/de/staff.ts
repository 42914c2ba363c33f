import type { staff as source } from '../en/staff.ts';
import type { TextsOf } from '../texts.ts';

export const staff = {
  title: 'Personal',
} satisfies TextsOf<typeof source>;
