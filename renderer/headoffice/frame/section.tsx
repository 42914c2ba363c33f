import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState, LoadingState } from '../../ui/index.ts';
import { useErrorText } from './failure-text.ts';

export interface AnsweredProps<Value> {
  readonly of: { readonly data: Value | undefined; readonly error: unknown; refetch(): unknown };
  /** What is said while it comes. */
  readonly loading?: string | undefined;
  /** What is said where it doesn't. */
  readonly failed?: string | undefined;
  readonly children: (value: Value) => ReactNode;
}

/** What an answer shows; while it comes, and when it doesn't, that stands in its place. */
export function Answered<Value>({ children, failed, loading, of: answer }: AnsweredProps<Value>): ReactNode {
  const { t } = useTranslation('headoffice');
  const errorText = useErrorText();
  if (answer.data !== undefined) return children(answer.data);
  if (answer.error === null) return <LoadingState>{loading}</LoadingState>;
  return (
    <ErrorState onRetry={() => void answer.refetch()} title={failed ?? t('state.failed')}>
      {errorText(answer.error)}
    </ErrorState>
  );
}
