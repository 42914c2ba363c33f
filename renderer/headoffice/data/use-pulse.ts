import type { Query, QueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useAccess } from './office-context.tsx';
import { failureOf } from '../../line/line.ts';

/** After a question that was not answered. */
const again_ms = 1000;

/** The nouns whose answers are no longer true when a till has sent something. Verifying a chain is somebody's wish. */
const ofTills: ReadonlySet<unknown> = new Set(['sale', 'report', 'till', 'quarantine', 'inbox']);
/** And when somebody has edited something here. */
const ofEdits: ReadonlySet<unknown> = new Set([
  'product',
  'catalogue',
  'staff',
  'store',
  'enrolment',
  'user',
  'till',
  'session',
]);

/** What every page shows of the whole company, and asks for by the minute: not once for each sale that comes in. */
const isUnhurried = ({ queryKey: [noun, verb] }: Query): boolean => noun === 'inbox' && verb === 'count';

async function pause(ms: number): Promise<void> {
  await new Promise<void>((resolve) => {
    setTimeout(resolve, ms);
  });
}

/** Resolves when the page is looked at. */
async function untilSeen(): Promise<void> {
  if (!document.hidden) return;
  await new Promise<void>((resolve) => {
    document.addEventListener('visibilitychange', () => resolve(), { once: true });
  });
}

/** Resolves when nothing about these nouns is on its way. */
async function untilIdle(
  queries: QueryClient,
  about: { readonly predicate: (query: Query) => boolean },
): Promise<void> {
  if (queries.isFetching(about) === 0) return;
  await new Promise<void>((resolve) => {
    const stop = queries.getQueryCache().subscribe(() => {
      if (queries.isFetching(about) > 0) return;
      stop();
      resolve();
    });
  });
}

/**
 * Makes what asks again whatever is shown about these nouns. Called while it is at it, it does so once more afterwards. It
 * takes half of the time at most, so that a page on a busy day is not all that the server works for.
 */
function makeRenewal(queries: QueryClient, nouns: ReadonlySet<unknown>): () => void {
  const about = { predicate: (query: Query) => nouns.has(query.queryKey[0]) && !isUnhurried(query) };
  let isDue = false;
  let isAtIt = false;
  const renew = async (): Promise<void> => {
    isAtIt = true;
    while (isDue) {
      // Whatever is on its way may have been read before the change: it is waited for, and then asked again.
      await untilIdle(queries, about);
      isDue = false;
      const begun = performance.now();
      await queries.invalidateQueries(about);
      if (isDue) await pause(performance.now() - begun);
    }
    isAtIt = false;
  };
  return () => {
    isDue = true;
    if (!isAtIt) void renew();
  };
}

/**
 * Asks the server for news, while the page is seen; it answers as soon as there are any, and what is shown is asked again.
 * Answers whether the server is there, and when it was last.
 */
export function usePulse(): { readonly isReachable: boolean; readonly last: string | null } {
  const { ask, queries } = useAccess();
  const [line, setLine] = useState<{ readonly isReachable: boolean; readonly last: string | null }>({
    isReachable: true,
    last: null,
  });
  useEffect(() => {
    let isOver = false;
    const renewTills = makeRenewal(queries, ofTills);
    const renewEdits = makeRenewal(queries, ofEdits);
    const follow = async (): Promise<void> => {
      let seen: { readonly tills: string; readonly edits: string } | undefined;
      let wasLost = false;
      while (!isOver) {
        try {
          await untilSeen();
          const { tills, edits, now } = await ask('sync.pulse', seen === undefined ? {} : { seen });
          if (isOver) return;
          // The first time too: what the page began with may be older than this answer.
          if (tills !== seen?.tills) renewTills();
          if (edits !== seen?.edits) renewEdits();
          seen = { tills, edits };
          // What failed while the line was down is asked again when it is back.
          if (wasLost) void queries.invalidateQueries({ predicate: ({ state }) => state.error !== null });
          wasLost = false;
          setLine({ isReachable: true, last: now });
        } catch (error) {
          if (isOver) return;
          wasLost = failureOf(error)?.code === 'headoffice.unreachable';
          if (wasLost) setLine(({ last }) => ({ isReachable: false, last }));
          await pause(again_ms);
        }
      }
    };
    void follow();
    return () => {
      isOver = true;
    };
  }, [ask, queries]);
  return line;
}
