/**
 * How two chains become one again. A till that was restored from a backup gets back what it had lost. Where both sides
 * went on by themselves, the entry at which they part is found by a few questions for hashes, the head office's side is
 * fetched, and the till settles the fork. Whatever interrupts this, it begins anew with the next hello.
 */
import type { FetchedEntries } from './answers.ts';
import { asRefused, measured, refuse, rest } from './protocol-rest.ts';
import {
  type Fetching,
  protocolLimits,
  type Search,
  type Step,
  type SyncEvent,
  type SyncState,
} from './protocol-state.ts';

type Told<Type extends SyncEvent['type']> = Extract<SyncEvent, { type: Type }>;

/**
 * The numbers whose hashes narrow a search down: evenly spread between the two ends, at most {@link protocolLimits.probes}.
 * None when the ends are neighbours: `low` is then the last entry that both chains share.
 */
export function probesOf({ high, low }: Search): number[] {
  const between = high - low - 1;
  const count = Math.min(between, protocolLimits.probes);
  return Array.from({ length: count }, (_, i) => low + 1 + Math.floor((i * between) / count));
}

/** Asks on until the parting is found. */
export function compareMore(state: SyncState & { readonly search: Search }, at: number): Step {
  const seqs = probesOf(state.search);
  if (seqs.length > 0)
    return [
      { ...state, phase: 'comparing', fetching: null, called_at: at },
      [{ type: 'compare', seqs }, { type: 'show_status' }],
    ];
  // Chains that do not even begin alike part at 0: the till knows its own hash(0).
  const base = Math.max(0, state.search.low);
  return fetchMore({ ...state, fetching: { base, after_seq: base } }, at);
}

export function compared(before: SyncState, event: Told<'hashes_answered'>): Step {
  const { agrees, answer, at } = event;
  const state = measured(before, answer.server_time, at);
  if (answer.answer === 'refused') return refuse(state, asRefused(answer.reason));
  if (state.search === null) return rest(state, 'search', event.random);
  const seqs = probesOf(state.search);
  if (agrees.length !== seqs.length) return rest(state, 'search', event.random);
  let { high, low } = state.search;
  for (const [i, seq] of seqs.entries()) {
    if (agrees[i] === true) low = Math.max(low, seq);
    else high = Math.min(high, seq);
  }
  // Equal after it was different: one of the two is not a chain.
  if (low >= high) return refuse(state, 'chain');
  return compareMore({ ...state, search: { low, high } }, at);
}

export function fetchMore(state: SyncState & { readonly fetching: Fetching }, at: number): Step {
  const limit = { count: protocolLimits.fetch_entries, bytes: protocolLimits.fetch_bytes };
  return [
    { ...state, phase: 'fetching', called_at: at },
    [{ type: 'fetch', after_seq: state.fetching.after_seq, limit }, { type: 'show_status' }],
  ];
}

export function fetched(before: SyncState, event: Told<'fetch_answered'>): Step {
  const { answer, at } = event;
  const state = measured({ ...before, failures: 0 }, answer.server_time, at);
  if (answer.answer === 'refused') return refuse(state, asRefused(answer.reason));
  const { fetching } = state;
  if (fetching === null || !follows(answer, fetching)) return rest(state, 'fetch', event.random);
  const after_seq = answer.entries.at(-1)?.seq ?? fetching.after_seq;
  const isAll = after_seq >= answer.acked_seq;
  const next = { ...state, fetching: { ...fetching, after_seq } };
  if (fetching.base === null) {
    const held = { ...next, head_seq: Math.max(state.head_seq, after_seq) };
    const [then, effects] = isAll ? greet(held, at) : fetchMore(held, at);
    return [then, [{ type: 'restore', answer }, ...effects]];
  }
  const gather = { type: 'gather', begins: fetching.after_seq === fetching.base, answer } as const;
  if (isAll)
    return [{ ...next, phase: 'settling' }, [gather, { type: 'show_status' }, { type: 'settle', base: fetching.base }]];
  const [then, effects] = fetchMore(next, at);
  return [then, [gather, ...effects]];
}

/** Whether a page goes on where the last one ended, without a gap. An empty one must be the end. */
function follows(answer: FetchedEntries, { after_seq }: Fetching): boolean {
  if (answer.entries.length === 0) return after_seq >= answer.acked_seq;
  return answer.entries.every(({ seq }, i) => seq === after_seq + 1 + i);
}

/** However it ended, as one chain or as a PC of its own, the till introduces itself again. */
export function settled(state: SyncState, event: Told<'settled'>): Step {
  return greet({ ...state, head_seq: Math.max(state.head_seq, event.head_seq) }, event.at);
}

function greet(state: SyncState, at: number): Step {
  return [{ ...state, phase: 'greeting', search: null, fetching: null, called_at: at }, [{ type: 'hello' }]];
}
