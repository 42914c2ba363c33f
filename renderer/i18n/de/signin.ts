import type { signin as source } from '../en/signin.ts';
import type { TextsOf } from '../texts.ts';

export const signin = {
  title: 'Anmelden',
} satisfies TextsOf<typeof source>;
