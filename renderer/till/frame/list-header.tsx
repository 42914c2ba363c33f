import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import { PageHeader, SearchField } from '../../ui/index.ts';

export interface ListHeaderProps {
  readonly title: string;
  readonly detail?: string | undefined;
  /** What is looked for, and what it is looked for by: a name, a receipt number. */
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly searchLabel: string;
  /** What can be typed, where that is more than the label says. */
  readonly searchHint?: string | undefined;
  readonly actions?: ReactNode;
}

/** Above a list that is searched as one types: the way back to selling, what it is, the search, and what can be done. */
export function ListHeader(props: ListHeaderProps): ReactNode {
  const { onText, searchHint, searchLabel, text, ...header } = props;
  const [, goTo] = useLocation();
  return (
    <PageHeader
      {...header}
      onBack={() => goTo('/')}
      search={
        <SearchField
          autoFocus
          isLabelHidden
          label={searchLabel}
          onChange={onText}
          placeholder={searchHint ?? searchLabel}
          shortcut="find"
          value={text}
        />
      }
    />
  );
}
