/** Worlds in which everything goes wrong; and that whoever judges them would see it if something were lost. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runProgram } from '../../commands/check/program.ts';
import type { Joining, Proposal, SaleRow } from './central/books.ts';
import { faultNames } from './fates.ts';
import type { Floor } from './floor.ts';
import { speakers } from './healing.ts';
import { makeScratch } from './scratch.ts';
import { shrink } from './shrink.ts';
import { simulate } from './simulate.ts';
import { Templates } from './templates.ts';
import { workNames } from './work.ts';
import type { World } from './world.ts';

const root = join(import.meta.dirname, '..', '..');

async function command(...parameters: readonly string[]) {
  const { isOk, output } = await runProgram('commands/simulate.ts', [...parameters, '--json'], { root });
  expect(isOk, output).toBe(true);
  const result: unknown = JSON.parse(output.trim().split('\n').at(-1) ?? '');
  return result as Readonly<Record<string, number>> & {
    readonly faults: Readonly<Record<string, number>>;
    readonly work: Readonly<Record<string, number>>;
    readonly trace: string;
  };
}

test(
  '500 worlds heal: each receipt once, chains and stock equal, every kind of trouble among them',
  { timeout: 900_000 },
  async () => {
    const result = await command('--seeds', '500');
    expect(result).toMatchObject({ seeds: 500, violations: 0 });
    expect(Object.keys(result.faults)).toEqual(faultNames);
    expect(Object.values(result.faults).filter((times) => times === 0)).toEqual([]);
    expect(Object.keys(result.work)).toEqual(workNames);
    expect(Object.values(result.work).filter((times) => times === 0)).toEqual([]);
    expect(result['tills_median']).toBeGreaterThanOrEqual(3);
    expect(result['events_median']).toBeGreaterThanOrEqual(200);
  },
);

describe('in one process', () => {
  let folder: string;
  let templates: Templates;
  beforeAll(() => {
    folder = makeScratch();
    templates = new Templates(join(folder, 'templates'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** A world of a few tills and of many troubles, where products are edited and goods sent. */
  const seed = 106;
  /** One in which shelves are counted. */
  const counting = 152;
  /** One in which shops join that were their own. */
  const joining = 20;

  test('the same seed is the same world, in any process', async () => {
    const here = await simulate(seed, { templates, folder });
    const again = await simulate(seed, { templates, folder });
    expect(again.trace.hash()).toBe(here.trace.hash());
    const first = await command('--seeds', '3', '--from', String(seed));
    const second = await command('--seeds', '3', '--from', String(seed));
    expect(second.trace).toBe(first.trace);
    const { output } = await runProgram('tests/simulate/run.ts', [String(seed), '1'], { root });
    expect(JSON.parse(output)).toMatchObject({ worlds: [{ seed, trace: here.trace.hash() }] });
  });

  /** A sale that was printed, and the store that holds it; undefined where nothing was sold. */
  function findPrinted({ ledger, model }: World) {
    for (const { sales } of model.books.stores.values())
      for (const [sale, row] of sales)
        if (ledger.deals.get(row.command)?.printed !== undefined) return { row, sale, sales };
    return undefined;
  }

  function printed(world: World) {
    const found = findPrinted(world);
    if (found === undefined) throw new Error('nothing was sold');
    return found;
  }

  const change = (world: World, changes: Partial<SaleRow>) => {
    const { row, sale, sales } = printed(world);
    sales.set(sale, { ...row, ...changes });
  };

  /** An edit that somebody made, and that was taken. */
  function edited({ ledger }: World) {
    const deal = [...ledger.deals.values()].find((one) => one.kind === 'edit' && one.printed !== undefined);
    if (deal === undefined) throw new Error('nothing was edited');
    return deal;
  }

  /** Goods came once more, as central has it. */
  const receive = ({ model }: World) => {
    for (const [number, transfer] of model.books.transfers) {
      const receipts = [...transfer.sent.values()].map(({ sent_milli, ...line }) => ({
        ...line,
        store: '',
        till: '',
        milli: sent_milli,
        receipt_seq: undefined,
      }));
      model.books.transfers.set(number, { ...transfer, receipts: [...transfer.receipts, ...receipts] });
    }
  };

  /** What was counted comes out as one more. */
  const correct = ({ model }: World) => {
    for (const { counts } of model.books.stores.values())
      for (const [product, count] of counts)
        counts.set(product, { ...count, correction_milli: count.correction_milli + 1 });
  };

  /** Somebody still has to say what was first. */
  const doubt = ({ model }: World) => {
    for (const { doubts } of model.books.stores.values())
      doubts.set('one', { till: 'one', seq: 1, product: 'one', milli: 1, decided: null });
  };

  /** A shop that joined, otherwise. */
  const rejoin = ({ model }: World, made: (before: Joining) => Partial<Joining>) => {
    for (const book of model.books.tills.values())
      if (book.joining !== null) book.joining = { ...book.joining, ...made(book.joining) };
  };

  /** What was decided of it, otherwise. */
  const propose = (world: World, changes: Partial<Proposal>) => {
    const deal = edited(world);
    const book = world.model.till(deal.till);
    const at = book.entries.findIndex(
      ({ fact }) => fact?.command === deal.command && fact.kind === 'product.edit_proposed',
    );
    book.proposals = book.proposals.map((one) => (one.seq === at + 1 ? { ...one, ...changes } : one));
  };

  const tampers: readonly (readonly [string, (world: World, floor: Floor) => void])[] = [
    ['receipt_lost', (world) => void printed(world).sales.delete(printed(world).sale)],
    ['receipt_changed', (world) => change(world, { total_minor: 1 })],
    ['receipt_changed', (world) => change(world, { lines: [] })],
    ['receipt_doubled', (world) => void printed(world).sales.set('another', printed(world).row)],
    ['edit_lost', (world) => void world.ledger.deals.set('of nobody', { ...edited(world), command: 'of nobody' })],
    ['edit_changed', (world) => propose(world, { wanted: 'another' })],
    ['edit_waits', (world) => propose(world, { state: 'waiting' })],
    ['edit_decided', (world) => propose(world, { seq: 0 })],
    ['overwritten_unseen', ({ ledger }) => ledger.seen.clear()],
    ['transfer_counted', (world) => receive(world)],
    [
      'transfer_lost',
      (world) => void world.ledger.deals.set('of nobody', { ...edited(world), kind: 'sent', command: 'of nobody' }),
    ],
    ['sold_by_nobody', (world) => change(world, { command: 'of nobody' })],
    [
      'chain',
      ({ model }) => {
        const book = [...model.books.tills.values()].find(({ entries }) => entries.length > 2);
        book?.entries.splice(1, 1);
      },
    ],
    [
      'stock',
      (world, floor) => {
        const [pc] = speakers(world, floor);
        const file = new Database(pc?.path ?? '');
        file.prepare('UPDATE stock_levels SET own_milli = own_milli + 1').run();
        file.close();
      },
    ],
  ];

  test.each(tampers)('%s is found', async (kind, tamper) => {
    const { violations } = await simulate(seed, { templates, folder, tamper });
    expect(violations.map((violation) => violation.kind)).toContain(kind);
  });

  test.each([
    ['count', correct],
    ['stock', correct],
    ['doubt_waits', doubt],
  ] as const)('%s is found where shelves were counted', async (kind, tamper) => {
    const { violations } = await simulate(counting, { templates, folder, tamper });
    expect(violations.map((violation) => violation.kind)).toContain(kind);
  });

  test.each([
    ['never_taken', () => ({ isTaken: false })],
    ['not_taken', ({ taken }) => ({ taken: taken.slice(1) })],
    ['taken_of_nobody', ({ taken }) => ({ taken: [...taken, { kind: 'tax', record: 'of nobody', row: {}, seq: 1 }] })],
    [
      'taken_otherwise',
      ({ taken }) => ({ taken: taken.map((one) => ({ ...one, row: { ...one.row, price_minor: 1, name: '' } })) }),
    ],
  ] as const satisfies readonly (readonly [string, (before: Joining) => Partial<Joining>])[])(
    '%s is found where a shop joined',
    async (kind, made) => {
      const tamper = (world: World) => rejoin(world, made);
      const { violations } = await simulate(joining, { templates, folder, tamper });
      expect(violations.map((violation) => violation.kind)).toContain(kind);
    },
  );

  test('a world that fails is made small: what has nothing to do with it is left out', async () => {
    const tamper = (world: World) => {
      // Made small, a world may come to sell nothing: there is nothing to lose in it then.
      const found = world.fate.struck.some((id) => id.startsWith('slow@')) ? findPrinted(world) : undefined;
      found?.sales.delete(found.sale);
    };
    const options = { templates, folder, tamper };
    // One that is quickly run: it is run hundreds of times.
    const failing = await simulate(8, options);
    expect(failing.violations).toHaveLength(1);
    const { last } = await shrink(failing, options, { runs: 400, ms: Number.POSITIVE_INFINITY });
    expect(last.violations.map(({ kind }) => kind)).toEqual(['receipt_lost']);
    expect(last.struck.length).toBeLessThan(failing.struck.length / 4);
    expect(last.turns.length).toBeLessThan(failing.turns.length / 4);
    expect(last.trace.lines.some((line) => line.includes('VIOLATION receipt_lost'))).toBe(true);
  });
});
