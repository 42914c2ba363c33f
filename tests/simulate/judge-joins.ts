/**
 * Holds what became of shops that were their own against what their people did there: catalogue and staff are the company's
 * as they were when the shop joined, what was said too late lies aside, and what no head office may have is at the till.
 */
import type { Doc, JoiningRecord, TillBook } from './central/books.ts';
import { sha256Hex } from './central/chain.ts';
import { isOfHistory } from './central/joining.ts';
import type { Floor } from './floor.ts';
import { isApart } from './healing.ts';
import { factName, factsOf } from './journals.ts';
import type { Wish } from './ledger.ts';
import type { TillPlace } from './shop.ts';
import { accuse, type World } from './world.ts';

/** First of all: what is held nowhere but at PCs apart is no more asked of central. */
export function judgeApart(world: World, floor: Floor): void {
  const { ledger, model, tally } = world;
  for (const pc of floor.pcs) {
    if (!isApart(world, pc)) continue;
    const { till } = pc.options.place;
    tally.add(model.books.tills.has(till) ? 'shop_alone' : 'shop_forgotten');
    for (const { command } of factsOf(pc.path))
      if (!isHeld(model.books.tills.get(till), command)) ledger.gone.add(command);
  }
  for (const deal of ledger.deals.values()) {
    if (model.books.tills.has(deal.till)) continue;
    if (deal.printed !== undefined && deal.kind !== 'discarded' && !ledger.gone.has(deal.command))
      accuse(world, 'receipt_lost', `${deal.kind} ${deal.printed.number} of a shop that central forgot`);
    ledger.deals.delete(deal.command);
  }
}

function isHeld(book: TillBook | undefined, command: string): boolean {
  return book?.entries.some(({ fact }) => fact?.command === command) ?? false;
}

export function judgeJoins(world: World, floor: Floor): void {
  const { model, tally } = world;
  for (const clash of model.books.clashes) if (clash !== '') tally.add('shop_clashed');
  const places = new Map(floor.pcs.map(({ options: { place } }) => [place.till, place]));
  for (const place of places.values()) {
    const book = model.books.tills.get(place.till);
    if (place.shop === null || book === undefined) continue;
    if (book.joining?.isTaken !== true) accuse(world, 'never_taken', place.name);
    else judgeTaken(world, place, book, book.joining.taken);
  }
}

type Fields = Readonly<Record<string, unknown>>;

/** What the shop's people made of it, entry by entry, against what was taken. */
function judgeTaken(world: World, place: TillPlace, book: TillBook, taken: readonly JoiningRecord[]): void {
  const { ledger, tally } = world;
  tally.add('shop_joined');
  const wanted = new Map<string, Fields>();
  for (const [i, { adopted, fact }] of book.entries.entries()) {
    const seq = i + 1;
    if (fact === null || !isOfHistory(fact.kind) || fact.kind === 'till.joined') continue;
    if (book.quarantine.has(seq)) {
      if (!adopted) accuse(world, 'own_word_aside', `${place.name}: ${seq} ${book.quarantine.get(seq) ?? ''}`);
      continue;
    }
    if (book.commands.get(factName(fact)) !== seq) continue;
    const wish = ledger.deals.get(fact.command)?.wish;
    const id = nameOf(wish, fact);
    // What was there before the world began was said by nobody in it.
    const fields = wish?.fields ?? place.shop?.had.get(id);
    if (wish !== undefined) tally.add('shop_edited');
    wanted.set(id, { ...wanted.get(id), ...fields });
  }
  judgeSecrets(world, place, taken);
  const found = new Map(taken.map((one) => [`${one.kind} ${one.record}`, one]));
  for (const [id, fields] of wanted) {
    const one = found.get(id);
    found.delete(id);
    if (one === undefined) accuse(world, 'not_taken', `${place.name}: ${id}`);
    else judgeRecord(world, book, id, fields, one);
  }
  for (const id of found.keys()) accuse(world, 'taken_of_nobody', `${place.name}: ${id}`);
}

/** Whoever kept the shop signs in as before, with a PIN or a password. */
function judgeSecrets(world: World, { name, staff, store }: TillPlace, taken: readonly JoiningRecord[]): void {
  const { rows } = world.model.store(store).stream;
  const isTaken = taken.some(({ record }) => record === staff);
  const has = (credential: string) => rows.has(`verifier ${staff}/${credential}`);
  if (isTaken && !(has('pin') && has('password'))) accuse(world, 'cannot_sign_in', name);
}

function nameOf(wish: Wish | undefined, { body, kind }: Doc): string {
  const [record = ''] = kind.split('.');
  return `${record} ${wish?.product ?? String(body[record])}`;
}

function judgeRecord(world: World, book: TillBook, id: string, wanted: Fields, { kind, row }: JoiningRecord): void {
  const found: Fields = kind === 'staff' ? { ...row, ...personOf(book, String(row['private'])) } : row;
  for (const [field, value] of Object.entries(wanted)) {
    const is = found[field];
    if (JSON.stringify(is) !== JSON.stringify(value))
      accuse(world, 'taken_otherwise', `${id}: ${field} ${JSON.stringify(is)}, not ${JSON.stringify(value)}`);
  }
}

/** Name and sign-in name, which no entry says. */
function personOf({ entries }: TillBook, hash: string): Fields {
  const found = entries.flatMap(({ payloads }) => payloads).find((bytes) => sha256Hex(bytes) === hash);
  return found === undefined ? {} : (JSON.parse(Buffer.from(found).toString('utf8')) as Fields);
}
