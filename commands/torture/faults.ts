/** What is done to tills and head office while people sell. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Central } from './central.ts';
import type { TillProcess } from './till-process.ts';

/** Faults of tills, and of the head office. Each of the two goes on while the other has one. */
export const faultKinds = {
  tills: ['till_killed', 'till_frozen'],
  central: [
    'central_killed',
    'postmaster_killed',
    'backend_killed',
    'shut_down_immediately',
    'central_frozen',
    'backed_up',
    'set_back',
  ],
} as const;

export type FaultKind = (typeof faultKinds)[keyof typeof faultKinds][number];

const downMost_ms = 4_000;

export interface Tortured {
  readonly tills: readonly TillProcess[];
  readonly central: Central;
  /** The longest that anybody is frozen. */
  readonly frozen_ms: number;
}

/** Numbers from 0 up to 1, the same for the same seed (mulberry32): which faults come in which order, not when they strike. */
function drawFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Does it, and undoes it where it would last. */
async function inflict(kind: FaultKind, { central, frozen_ms, tills }: Tortured, random: () => number): Promise<void> {
  switch (kind) {
    case 'till_killed': {
      const till = draw(tills, random);
      await till.kill();
      await wait(downMost_ms * random());
      await till.start();
      till.sell(null);
      return;
    }
    case 'till_frozen': {
      const till = draw(tills, random);
      till.freeze();
      await wait(frozen_ms * random());
      till.thaw();
      return;
    }
    case 'central_killed':
      await central.kill();
      return await comeBack(central, random);
    case 'postmaster_killed':
      await central.killPostmaster();
      return await comeBack(central, random);
    case 'backend_killed':
      central.killOne();
      return;
    case 'shut_down_immediately':
      await central.shutDownImmediately();
      return await comeBack(central, random);
    case 'central_frozen':
      await central.freeze(frozen_ms * random());
      return;
    case 'backed_up':
      await central.backUp();
      return;
    case 'set_back':
      await central.setBack();
      return;
  }
}

/**
 * Inflicts faults one after another until the time is over: first each kind once, in any order and however long that takes,
 * then whichever comes.
 * `counted` hears of each.
 */
export async function torture(
  kinds: readonly FaultKind[],
  tortured: Tortured,
  options: { readonly until_ms: number; readonly seed: number; readonly counted: (kind: FaultKind) => void },
): Promise<void> {
  const { counted, until_ms } = options;
  const random = drawFrom(options.seed);
  const first = kinds.map((kind) => ({ kind, at: random() })).toSorted((a, b) => a.at - b.at);
  while (first.length > 0 || performance.now() < until_ms) {
    await wait(200 + 2_500 * random());
    const kind = first.pop()?.kind ?? draw(kinds, random);
    counted(kind);
    await inflict(kind, tortured, random);
  }
}

async function comeBack(central: Central, random: () => number): Promise<void> {
  await wait(downMost_ms * random());
  await central.startAgain();
}

function draw<Item>(items: readonly Item[], random: () => number): Item {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('there is nothing to draw from');
  return item;
}
