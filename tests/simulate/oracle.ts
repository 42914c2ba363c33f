/** Holds central and the tills against what the people at the tills have seen. */
import { rmSync, copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { openTillFile, openTillFileToRead } from '../../electron/till/db/open.ts';
import { compareProjections } from '../../electron/till/journal/compare.ts';
import { rebuildTill } from '../../electron/till/journal/rebuild.ts';
import { verifyJournal } from '../../electron/till/journal/verify.ts';
import { tillMigrations } from '../../migrations/till/list.ts';
import type { SaleRow, TillBook } from './central/books.ts';
import { linkHash, readDoc, sha256Hex } from './central/chain.ts';
import { judgeCounts, levelAt } from './judge-counts.ts';
import { judgeEdits } from './judge-edits.ts';
import { judgeApart, judgeJoins } from './judge-joins.ts';
import { judgeTransfers } from './judge-transfers.ts';
import type { Floor } from './floor.ts';
import { speakers } from './healing.ts';
import { stockShown } from './in-step.ts';
import { readFile } from './journals.ts';
import { type Deal, type LedgerLine, movedBy } from './ledger.ts';
import { kindOf } from './oracle-kinds.ts';
import type { Pc } from './pc.ts';
import { accuse, type World } from './world.ts';

/** Judges a world that has healed. */
export function judge(world: World, floor: Floor, blank: string): void {
  judgeApart(world, floor);
  judgeReceipts(world);
  judgeChains(world);
  judgeStock(world, floor);
  judgeEdits(world);
  judgeJoins(world, floor);
  judgeTransfers(world);
  judgeCounts(world);
  judgeFiles(world, floor, blank);
}

/** Every receipt that was printed is at central once, as it was printed; and nothing is that nobody sold. */
function judgeReceipts(world: World): void {
  const { ledger, model } = world;
  const projected = new Map<string, SaleRow[]>();
  for (const { sales } of model.books.stores.values())
    for (const row of sales.values()) projected.set(row.command, [...(projected.get(row.command) ?? []), row]);
  for (const deal of ledger.deals.values()) {
    if (deal.kind !== 'sale' && deal.kind !== 'refund') continue;
    const rows = projected.get(deal.command) ?? [];
    projected.delete(deal.command);
    if (rows.length > 1) accuse(world, 'receipt_doubled', describe(deal));
    const [row] = rows;
    if (row !== undefined && deal.isRefused) accuse(world, 'refused_yet_sold', describe(deal));
    if (deal.printed === undefined) continue;
    if (row !== undefined) judgeReceipt(world, deal, row);
    else if (!ledger.gone.has(deal.command) && !isSoldBefore(world, deal))
      accuse(world, 'receipt_lost', describe(deal));
  }
  for (const [command, rows] of projected)
    accuse(world, 'sold_by_nobody', `${command} ${rows[0]?.receipt_number ?? ''}`);
}

function describe({ command, kind, printed, till }: Deal): string {
  return `${kind} ${printed?.number ?? 'unseen'} of ${till.slice(-4)}, command ${command}`;
}

function judgeReceipt(world: World, deal: Deal, row: SaleRow): void {
  const { printed } = deal;
  const isSame =
    row.kind === deal.kind &&
    row.till === deal.till &&
    row.receipt_number === printed?.number &&
    row.total_minor === printed.total_minor &&
    linesText(row.lines) === linesText(deal.lines);
  if (!isSame) accuse(world, 'receipt_changed', `${describe(deal)}: ${JSON.stringify(row)}`);
}

function linesText(lines: readonly Pick<LedgerLine, 'product' | 'quantity_milli'>[]): string {
  return lines
    .map(({ product, quantity_milli }) => `${product} ${quantity_milli}`)
    .toSorted()
    .join();
}

/** A basket that was open when its disk was copied or put back, and became a sale twice: the second one is put aside. */
function isSoldBefore({ model }: World, deal: Deal): boolean {
  const book = model.till(deal.till);
  return [...book.quarantine].some(
    ([seq, code]) => code === '23505' && book.entries[seq - 1]?.fact?.command === deal.command,
  );
}

/** Each chain that central holds is one: recomputed from its bytes. */
function judgeChains(world: World): void {
  for (const book of world.model.books.tills.values()) {
    const fault = chainFault(book);
    if (fault !== undefined) accuse(world, 'chain', `${book.till.slice(-4)}: ${fault}`);
  }
}

function chainFault({ chain, entries, quarantine, till }: TillBook): string | undefined {
  const first = readDoc(entries[0]?.bytes ?? new Uint8Array());
  let hash = sha256Hex(first?.installation ?? '');
  for (const [i, entry] of entries.entries()) {
    hash = linkHash(hash, entry.bytes);
    const doc = readDoc(entry.bytes);
    if (hash !== entry.hash || doc?.seq !== i + 1 || doc.till !== till) return `entry ${i + 1} does not follow`;
  }
  if (entries.length !== chain.acked_seq || (entries.length > 0 && hash !== chain.head_hash))
    return 'the head is not the last entry';
  // Two PCs of a till may have said that the same goods never left, or have taken back the same receipt: once is enough.
  const onlyOnce = ['stock.transfer_cancelled', 'stock.receipt_corrected'];
  const isTwice = (seq: number, code: string) =>
    code === '23505' || (code === '23514' && onlyOnce.includes(entries[seq - 1]?.fact?.kind ?? ''));
  // What two PCs of a shop said of its catalogue by themselves: one was the company's when the other's word came.
  const isTooLate = (seq: number, code: string) =>
    ['ET020', 'ET021'].includes(code) && entries[seq - 1]?.adopted === true;
  const aside = [...quarantine].filter(([seq, code]) => !isTwice(seq, code) && !isTooLate(seq, code));
  return aside.length === 0 ? undefined : `put aside: ${aside.map(([seq, code]) => `${seq} ${code}`).join()}`;
}

/** Every till of a store shows the same stock: what all receipts and corrections that central holds add up to. Of what was counted see judge-counts.ts. */
function judgeStock(world: World, floor: Floor): void {
  const { ledger, model } = world;
  const expected = new Map<string, number>();
  for (const book of model.books.tills.values()) {
    for (const [i, { fact }] of book.entries.entries()) {
      const deal = fact === null ? undefined : ledger.deals.get(fact.command);
      if (fact === null || deal === undefined || kindOf[deal.kind] !== fact.kind || book.quarantine.has(i + 1))
        continue;
      // A fact that two chains brought counts once.
      if (book.commands.get(`${fact.command}/${fact.n}`) !== i + 1) continue;
      for (const line of movedBy(deal, fact)) {
        if (!line.moves) continue;
        const key = `${book.store} ${line.product.replaceAll('-', '')}`;
        expected.set(key, (expected.get(key) ?? 0) - line.quantity_milli);
      }
    }
  }
  for (const pc of speakers(world, floor)) {
    const { store } = pc.options.place;
    const counted = new Map([...model.store(store).counts.keys()].map((one) => [one.replaceAll('-', ''), one]));
    for (const [product, { corrected, elsewhere, own }] of readFile(pc.path, stockShown)) {
      const known = counted.get(product);
      const wanted =
        known === undefined ? (expected.get(`${store} ${product}`) ?? 0) : levelAt(model.store(store), known);
      if (own + elsewhere + corrected !== wanted)
        accuse(
          world,
          'stock',
          `${pc.id} shows ${own}, ${elsewhere} and ${corrected} of ${product.slice(-4)}, ${wanted} was moved`,
        );
    }
  }
}

/** A file proves itself, and is what its journal makes of it: one that has been through something, where there is one. */
function judgeFiles(world: World, floor: Floor, blank: string): void {
  const { draws } = world;
  const tried = floor.pcs.filter((pc) => floor.copiesOf(pc.options.place).length > 1);
  judgeFile(world, draws.pick('sample', tried.length === 0 ? floor.pcs : tried), blank);
}

function judgeFile(world: World, pc: Pc, blank: string): void {
  const madePath = join(world.folder, `${pc.id}-made.db`);
  copyFileSync(blank, madePath);
  const file = openTillFileToRead(pc.path);
  const made = openTillFile(madePath, { create: false, migrations: tillMigrations });
  try {
    const { bad, missing_guards } = verifyJournal(file);
    if (bad !== null || missing_guards.length > 0)
      accuse(world, 'not_whole', `${pc.id}: ${JSON.stringify(bad ?? missing_guards)}`);
    const rebuilt = rebuildTill(file, made.writer);
    if (rebuilt.bad !== null) accuse(world, 'not_rebuilt', `${pc.id}: ${JSON.stringify(rebuilt.bad)}`);
    const differences = compareProjections(file, made.reader);
    if (differences.length > 0) accuse(world, 'projections', `${pc.id}: ${JSON.stringify(differences)}`);
  } finally {
    made.close();
    file.close();
    rmSync(madePath, { force: true });
  }
}
