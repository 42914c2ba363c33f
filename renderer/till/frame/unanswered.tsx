import type { ReactNode } from 'react';
import { ErrorState, LoadingState } from '../../ui/index.ts';
import { useErrorText } from './failure-text.ts';

export interface UnansweredProps {
  /** What the till was asked. */
  readonly asked: { readonly data: unknown; readonly error: unknown; refetch(): unknown };
  /** What is said when it could not be answered, and what that means. */
  readonly failed: string;
  readonly failedHint?: string | undefined;
  readonly loading?: string | undefined;
  /** What stands here once there is an answer: that a list is empty. */
  readonly children?: ReactNode;
}

/** In the place of an answer: why there is none, with a way to ask again, or that it is coming. */
export function Unanswered({ asked, children, failed, failedHint, loading }: UnansweredProps): ReactNode {
  const errorText = useErrorText();
  if (asked.error !== null) {
    return (
      <ErrorState onRetry={() => void asked.refetch()} title={failed}>
        {errorText(asked.error)}
        {failedHint !== undefined && ` ${failedHint}`}
      </ErrorState>
    );
  }
  return asked.data === undefined ? <LoadingState>{loading}</LoadingState> : children;
}
