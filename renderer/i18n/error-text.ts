import type { i18n } from 'i18next';

/** An expected failure as the contract hands it over: a code, and what the text may name. */
export interface ErrorLike {
  readonly code: string;
  readonly data?: Readonly<Record<string, unknown>> | null | undefined;
}

/**
 * The text for a failure in the instance's language.
 * A code without a text, an unknown fault among them, says that it did not work and gives the incident's number.
 */
export function errorText(instance: i18n, error: ErrorLike): string {
  const data = error.data ?? {};
  const key = `errors:${error.code}`;
  // A code is data, so its key cannot be typed; `exists` stands guard, and only a text (not a branch) is taken.
  const found: unknown = instance.exists(key) ? instance.t(key, data as never) : undefined;
  if (typeof found === 'string' && error.code.includes('.')) return found;
  const incident = data['incident'];
  return typeof incident === 'string' && incident !== ''
    ? instance.t('errors:unknown', { incident })
    : instance.t('errors:unknownWithoutIncident');
}
