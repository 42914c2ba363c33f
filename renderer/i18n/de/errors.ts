import type { errors as source } from '../en/errors.ts';
import type { TextsOf } from '../texts.ts';

export const errors = {
  unknown: 'Das hat nicht geklappt. Bitte nochmals versuchen oder mit der Störungsnummer {{incident}} anrufen.',
  unknownWithoutIncident: 'Das hat nicht geklappt. Bitte nochmals versuchen.',
} satisfies TextsOf<typeof source>;
