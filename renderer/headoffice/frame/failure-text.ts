import type { i18n } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../shared/contract/errors.ts';
import { errorText } from '../../i18n/error-text.ts';
import { failureOf } from '../data/use-ask.ts';

/** The words for a failure: the head office's own where a till's would not fit (there is no basket here). */
export function officeErrorText(instance: i18n, failure: Failure): string {
  const key = `headoffice:errors.${failure.code}`;
  // A code is data, so its key cannot be typed; `exists` stands guard.
  const own: unknown = instance.exists(key) ? instance.t(key as 'headoffice:title', { ...failure.data }) : undefined;
  return typeof own === 'string' ? own : errorText(instance, failure);
}

/** The words for a failure of the contract; undefined where there is none. */
export function useFailureText(): (failure: Failure | undefined) => string | undefined {
  const { i18n: instance } = useTranslation('headoffice');
  return (failure) => (failure === undefined ? undefined : officeErrorText(instance, failure));
}

/** The words for what went wrong with an answer; undefined where nothing did. */
export function useErrorText(): (error: unknown) => string | undefined {
  const text = useFailureText();
  return (error) => text(failureOf(error));
}
