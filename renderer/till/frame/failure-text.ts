import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../shared/contract/errors.ts';
import { errorText } from '../../i18n/error-text.ts';
import { failureOf } from '../../line/line.ts';

/** The words for a failure of the contract; undefined where there is none. */
export function useFailureText(): {
  (failure: Failure): string;
  (failure: Failure | undefined): string | undefined;
} {
  const { i18n } = useTranslation('errors');
  // One function for both: text for a failure, nothing for nothing.
  return ((failure: Failure | undefined) =>
    failure === undefined ? undefined : errorText(i18n, failure)) as ReturnType<typeof useFailureText>;
}

/** The words for what went wrong with an answer; undefined where nothing did. */
export function useErrorText(): (error: unknown) => string | undefined {
  const text = useFailureText();
  return (error) => text(failureOf(error));
}
