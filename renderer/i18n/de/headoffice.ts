import type { headoffice as source } from '../en/headoffice.ts';
import type { TextsOf } from '../texts.ts';

export const headoffice = {
  title: 'Zentrale',
} satisfies TextsOf<typeof source>;
