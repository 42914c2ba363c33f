/** Every place where a wire can be cut, counted from the messages of a run that nothing disturbed. */
import type { WireMessage } from './messages.ts';
import type { Cut, CutPoint, Manner } from './wire-proxy.ts';

/** A cut, and what is cut there, for people. */
export interface NamedCut {
  readonly cut: Cut;
  readonly name: string;
}

const places: Readonly<Record<Manner, readonly CutPoint['where'][]>> = {
  reset: ['before', 'inside', 'after'],
  silence: ['before', 'after'],
  slow: ['before', 'after'],
  // What follows goes the same way as this one, so "after" is "before" of the next.
  late: ['before'],
};

/** Before and after every message in every manner; a reset in its midst as well. Late can be only what the till sends. */
export function cutsOf(clean: readonly WireMessage[], manners: readonly Manner[]): NamedCut[] {
  return manners.flatMap((manner) =>
    places[manner].flatMap((where) =>
      clean
        .filter(({ direction }) => manner !== 'late' || direction === 'to_server')
        .map(({ direction, during, index, name }) => ({
          cut: { direction, index, where, manner },
          name: `${manner} ${where} ${name} ${direction} of ${during} (message ${index})`,
        })),
    ),
  );
}

/**
 * Every cut there is takes minutes: `npm test` takes about `some`, evenly spread over them, and with EVERTILL_WIRE=all in the
 * environment it takes all.
 */
export function choose(cuts: readonly NamedCut[], some: number): readonly NamedCut[] {
  if (process.env['EVERTILL_WIRE'] === 'all') return cuts;
  const stride = Math.max(1, cuts.length / some);
  return cuts.filter((_, i) => Math.floor(i / stride) !== Math.floor((i - 1) / stride));
}
