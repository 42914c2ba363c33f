import type { errors as source } from '../en/errors.ts';
import type { TextsOf } from '../texts.ts';

export const errors = {
  unknown: 'لم ينجح ذلك. حاول مجددًا، أو اتصل واذكر رقم البلاغ {{incident}}.',
  unknownWithoutIncident: 'لم ينجح ذلك. حاول مجددًا.',
} satisfies TextsOf<typeof source>;
