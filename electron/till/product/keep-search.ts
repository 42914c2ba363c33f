/** Sees to it that the search becomes whole: finds somebody who makes it, and tells the screens how far it is. */
import type { TillEvent } from '../../../shared/contract/till.ts';
import type { TillFile } from '../db/open.ts';
import { transact } from '../db/transact.ts';
import type { Ports } from '../ports.ts';
import { makeSearch, takeOnSearch } from './make-search.ts';
import { isSearchStale, renewSearch } from './search.ts';

export interface SearchKeeper {
  /** Whether a large one may be left to somebody else. */
  readonly canWait: boolean;
  /** Looks whether there is anything to make, and has it made. */
  look(): void;
}

/** The screens ask again after each such part of it, and after the first piece: what is sold most is in it then. */
const partTold = 0.1;
/** The clock's finest step: a till that makes it itself lets others come first after each piece. */
const ownRest_ms = 1;

/** `publish` tells the screens to ask again. */
export function createSearchKeeper(parts: {
  readonly file: TillFile;
  readonly ports: Ports;
  readonly publish: (kind: TillEvent['kind']) => void;
}): SearchKeeper {
  const { file, ports, publish } = parts;
  const { searchMaker } = ports;
  const canWait = searchMaker !== undefined;
  let underWay: { stop: () => void } | undefined;
  const stopNow = (): void => {
    underWay?.stop();
    underWay = undefined;
  };
  file.onRelease(stopNow);

  const heard = () => {
    let told = -1;
    return ({ done, total }: { readonly done: number; readonly total: number }): void => {
      const share = total === 0 ? 1 : done / total;
      if (told >= 0 && share - told < partTold) return;
      told = share;
      publish('catalogue');
    };
  };

  /** Not 0, which is nobody. */
  const newMaker = (): number => 1 + Buffer.from(ports.random.bytes(4)).readUInt32BE();

  /** In the till's own process, where no other can be had: slower, and each piece is waited for. */
  const makeHere = (): void => {
    const maker = newMaker();
    if (!takeOnSearch(file.writer, maker)) return;
    let isStopped = false;
    underWay = { stop: () => (isStopped = true) };
    void makeSearch(file.writer, {
      maker,
      isStopped: () => isStopped,
      rest: (ms) => new Promise((resolve) => setTimeout(resolve, ms + ownRest_ms).unref()),
      told: heard(),
    }).then(
      (isWhole) => {
        if (isWhole) publish('catalogue');
      },
      (error: unknown) => void ports.log.fault('search.not_made', error),
    );
  };

  return {
    canWait,
    look: () => {
      if (searchMaker === undefined) return;
      stopNow();
      const maker = newMaker();
      if (!takeOnSearch(file.writer, maker)) return;
      const mine = { stop: (): void => undefined };
      underWay = mine;
      mine.stop = searchMaker.start({
        path: file.path,
        maker,
        told: heard(),
        ended: ({ error, isWhole }) => {
          if (underWay !== mine) return;
          underWay = undefined;
          if (isWhole) publish('catalogue');
          if (error === undefined) return;
          ports.log.fault('search.maker_fault', error);
          makeHere();
        },
      });
    },
  };
}

/** At a till's start: a small one is ranked anew, a large one whose order is old is begun anew. */
export function renewStaleSearch(file: TillFile, keeper: SearchKeeper, now: number): void {
  const how = { canWait: keeper.canWait, now };
  if (isSearchStale(file.writer, how)) transact(file.writer, () => renewSearch(file.writer, how));
}
