import { createContext, use, useEffect, useMemo, useState, type ReactNode } from 'react';
import { useLocation } from 'wouter';
import type { ListPlace } from '../../ui/index.ts';

interface Remembered {
  readonly text: string;
  readonly begin_px: number;
}

/** Lists by the address of their screen. */
type Lists = Map<string, Remembered>;

const ListMemoryContext = createContext<Lists>(new Map());

/** Remembers where lists were left, as long as one looks at something of theirs: whoever goes back finds the place again. */
export function ListMemoryProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const [lists] = useState<Lists>(() => new Map());
  const [path] = useLocation();
  useEffect(() => {
    for (const list of lists.keys()) if (path !== list && !path.startsWith(`${list}/`)) lists.delete(list);
  }, [lists, path]);
  return <ListMemoryContext value={lists}>{children}</ListMemoryContext>;
}

export interface ListMemory {
  /** What was searched. */
  readonly text: string;
  readonly setText: (text: string) => void;
  readonly place: ListPlace;
}

/** What is searched in the list of this address, and how far it is scrolled. */
export function useListMemory(list: string): ListMemory {
  const lists = use(ListMemoryContext);
  const [begun] = useState(() => lists.get(list));
  const [text, setText] = useState(begun?.text ?? '');
  const place = useMemo(
    (): ListPlace => ({
      begin_px: begun?.begin_px ?? 0,
      onMove: (begin_px) => lists.set(list, { text, begin_px }),
    }),
    [begun, list, lists, text],
  );
  return { text, setText, place };
}
