import { useEffect, useState, type ReactNode } from 'react';
import { Button, Notice } from '../../ui/index.ts';
import { useErrorText } from './failure-text.ts';
import s from './more-rows.module.css';

export interface MoreRowsProps {
  readonly answer: {
    readonly error: unknown;
    readonly hasNextPage: boolean;
    readonly isFetching: boolean;
    readonly isFetchingNextPage: boolean;
    readonly isFetchNextPageError: boolean;
    readonly fetchNextPage: () => Promise<unknown>;
  };
  readonly label: string;
}

/** Under a list that is read on page by page; not there at its end. */
export function MoreRows({ answer, label }: MoreRowsProps): ReactNode {
  const errorText = useErrorText();
  const [isWanted, setWanted] = useState(false);
  const { fetchNextPage, hasNextPage, isFetching } = answer;
  useEffect(() => {
    if (!isWanted || isFetching) return;
    setWanted(false);
    void fetchNextPage();
  }, [fetchNextPage, isFetching, isWanted]);
  if (!hasNextPage) return null;
  return (
    <div className={s['more']}>
      {answer.isFetchNextPageError && <Notice severity="bad" title={errorText(answer.error)} />}
      {/* After what is being asked again: that would be given up for the next page, and what is shown would stay as it was. */}
      <Button isPending={isWanted || answer.isFetchingNextPage} onPress={() => setWanted(true)}>
        {label}
      </Button>
    </div>
  );
}
