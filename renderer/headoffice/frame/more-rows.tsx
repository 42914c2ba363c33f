import type { ReactNode } from 'react';
import { Button, Notice } from '../../ui/index.ts';
import { useErrorText } from './failure-text.ts';
import s from './more-rows.module.css';

export interface MoreRowsProps {
  readonly answer: {
    readonly error: unknown;
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    readonly isFetchNextPageError: boolean;
    fetchNextPage(): Promise<unknown>;
  };
  readonly label: string;
}

/** Under a list that is read on page by page; not there at its end. */
export function MoreRows({ answer, label }: MoreRowsProps): ReactNode {
  const errorText = useErrorText();
  if (!answer.hasNextPage) return null;
  return (
    <div className={s['more']}>
      {answer.isFetchNextPageError && <Notice severity="bad" title={errorText(answer.error)} />}
      <Button isPending={answer.isFetchingNextPage} onPress={() => void answer.fetchNextPage()}>
        {label}
      </Button>
    </div>
  );
}
