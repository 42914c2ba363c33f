import type { setup as source } from '../en/setup.ts';
import type { TextsOf } from '../texts.ts';

export const setup = {
  title: 'الإعداد',
} satisfies TextsOf<typeof source>;
