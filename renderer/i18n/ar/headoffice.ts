import type { headoffice as source } from '../en/headoffice.ts';
import type { TextsOf } from '../texts.ts';

export const headoffice = {
  title: 'الإدارة العامة',
} satisfies TextsOf<typeof source>;
