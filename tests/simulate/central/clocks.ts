/**
 * The model's clocks: between which moments a till wrote an entry, by what its clock said and what can't have been otherwise.
 * Written from decision 13.
 */
import type { HeldEntry, TillBook } from './books.ts';

const second = 1000;
const unmeasured_ms = 600 * second;
const measured_ms = 15 * second;
/** So many entries before and after are looked at: enough to see whether the clock was set. */
const neighbours = 200;

/** Milliseconds of the server's clock. */
export interface Bounds {
  readonly earliest: number;
  readonly latest: number;
}

export interface Moment extends Bounds {
  readonly seq: number;
  readonly adopted: boolean;
}

/** How far a till's clock can have been ahead between two entries; undefined where nobody measured it. */
function aheadAround({ readings }: TillBook, after_seq: number, to_seq: number) {
  const measured = [...readings].flatMap(([seq, { ahead_ms }]) => (ahead_ms === null ? [] : { seq, ahead_ms }));
  const from = Math.max(0, ...measured.filter(({ seq }) => seq <= after_seq).map(({ seq }) => seq));
  const to = Math.min(Infinity, ...measured.filter(({ seq }) => seq >= to_seq).map(({ seq }) => seq));
  const among = measured.filter(({ seq }) => seq >= from && seq <= to).map(({ ahead_ms }) => ahead_ms);
  return among.length === 0 ? undefined : { low: Math.min(...among), high: Math.max(...among) };
}

/** What a till's clock said, by the server's. */
export function corrected(book: TillBook, at: string, after_seq: number, to_seq: number): Bounds {
  const ahead = aheadAround(book, after_seq, to_seq);
  const unsure = ahead === undefined ? unmeasured_ms : measured_ms;
  const said = Date.parse(at);
  return { earliest: said - (ahead?.high ?? 0) - unsure, latest: said - (ahead?.low ?? 0) + unsure };
}

interface Said extends Bounds {
  readonly seq: number;
  readonly adopted: boolean;
  readonly notBefore: number;
  readonly received: number;
  readonly canBe: boolean;
}

function saidOf(book: TillBook, seq: number, { adopted, fact, received_ms }: HeldEntry): Said[] {
  if (fact === null) return [];
  const { earliest, latest } = corrected(book, fact.at, seq - 1, seq);
  const heard = Math.max(-1, ...[...book.readings.keys()].filter((one) => one < seq));
  // The numbers of an adopted entry say nothing of when the others were written.
  const notBefore = adopted ? -Infinity : (book.readings.get(heard)?.at_ms ?? -Infinity);
  return [
    {
      seq,
      adopted,
      notBefore,
      received: received_ms,
      canBe: latest >= notBefore && earliest <= received_ms,
      earliest: Math.max(earliest, notBefore),
      latest: Math.min(latest, received_ms),
    },
  ];
}

const highest = (all: readonly Said[]) => Math.max(-Infinity, ...all.map(({ earliest }) => earliest));
const lowest = (all: readonly Said[]) => Math.min(Infinity, ...all.map(({ latest }) => latest));

/** Between which moments entries of a till were written. Of two that contradict each other neither is believed. */
export function momentsOf(book: TillBook, from_seq: number, to_seq: number): readonly Moment[] {
  const first = Math.max(1, from_seq - neighbours);
  const all = book.entries.slice(first - 1, to_seq + neighbours).flatMap((entry, i) => saidOf(book, first + i, entry));
  return [true, false].flatMap((adopted) => {
    const own = all.filter((one) => one.adopted === adopted);
    const isBelieved = own.map(
      (one, i) =>
        one.canBe &&
        highest(own.slice(0, i).filter(({ canBe }) => canBe)) <= one.latest &&
        lowest(own.slice(i + 1).filter(({ canBe }) => canBe)) >= one.earliest,
    );
    return own.flatMap((one, i): Moment[] => {
      const { earliest, latest, notBefore, received, seq } = one;
      if (seq < from_seq || seq > to_seq) return [];
      if (isBelieved[i] === true) return [{ seq, adopted, earliest, latest }];
      const before = own.slice(0, i).filter((_, j) => isBelieved[j] === true);
      const after = own.slice(i + 1).filter((_, j) => isBelieved[i + 1 + j] === true);
      return [
        {
          seq,
          adopted,
          earliest: Math.max(notBefore, highest(before)),
          latest: Math.min(received, lowest(after)),
        },
      ];
    });
  });
}
