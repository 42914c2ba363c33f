import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Panel } from '../../ui/index.ts';
import { MoreRows } from './more-rows.tsx';
import { Answered } from './section.tsx';

export interface EndlessListProps<Page> {
  readonly of: UseInfiniteQueryResult<readonly Page[]>;
  /** What is said while the first page comes, and where it does not; where not given, what any page says. */
  readonly loading?: string | undefined;
  readonly failed?: string | undefined;
  /** The words on the button under the list. */
  readonly more: string;
  readonly children: (pages: readonly Page[]) => ReactNode;
}

/** A list that is read page by page, as far as somebody wishes. */
export function EndlessList<Page>({ children, failed, loading, more, of }: EndlessListProps<Page>): ReactNode {
  return (
    <Panel>
      <Answered failed={failed} loading={loading} of={of}>
        {children}
      </Answered>
      <MoreRows answer={of} label={more} />
    </Panel>
  );
}
