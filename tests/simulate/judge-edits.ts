/**
 * Holds what became of managers' edits against what they typed and what they had seen: each is decided once, nothing that
 * they had not seen was overwritten by it, and nothing that they wished is gone without a word.
 */
import type { Proposal, TillBook } from './central/books.ts';
import type { Deal, Wish } from './ledger.ts';
import { seenKey } from './manager.ts';
import type { Work } from './work.ts';
import { accuse, type World } from './world.ts';

const kinds: Readonly<Record<string, string>> = { edit: 'product.edit_proposed', product: 'product.proposed' };

const ownKinds: Readonly<Record<string, string>> = { edit: 'product.edited', product: 'product.created' };

export function judgeEdits(world: World): void {
  for (const deal of world.ledger.deals.values())
    if (deal.wish !== undefined && deal.kind in kinds) judgeEdit(world, deal, deal.wish);
  for (const { proposals } of world.model.books.tills.values()) for (const one of proposals) count(world, one);
}

function judgeEdit(world: World, deal: Deal, wish: Wish): void {
  const book = world.model.till(deal.till);
  // A shop that is its own decides at once: judge-joins.ts.
  if (book.entries.some(({ fact }) => fact?.command === deal.command && fact.kind === ownKinds[deal.kind])) return;
  const seqs = entriesOf(book, deal);
  const what = `${deal.kind} at ${wish.pc}, command ${deal.command}`;
  if (seqs.length === 0) {
    if (deal.printed !== undefined && !world.ledger.gone.has(deal.command)) accuse(world, 'edit_lost', what);
    return;
  }
  if (deal.isRefused) accuse(world, 'refused_yet_edited', what);
  // A fact that two chains brought counts once.
  const decided = seqs.map((seq) => book.proposals.filter((one) => one.seq === seq)).filter(({ length }) => length > 0);
  const [fields] = decided;
  if (fields === undefined || decided.length > 1) {
    accuse(world, 'edit_decided', `${what}: ${decided.length} times`);
    return;
  }
  if (deal.kind === 'edit') judgeFields(world, what, wish, book, fields);
  if (fields.some(({ state }) => state === 'waiting')) accuse(world, 'edit_waits', what);
}

function entriesOf(book: TillBook, { command, kind }: Deal): readonly number[] {
  return book.entries.flatMap(({ fact }, i) => (fact?.command === command && fact.kind === kinds[kind] ? [i + 1] : []));
}

function judgeFields(
  world: World,
  what: string,
  { fields, pc, product = '' }: Wish,
  { proposals }: TillBook,
  decided: readonly Proposal[],
): void {
  const made = proposals.find((one) => one.product === product && one.field === 'product');
  for (const { field, kept, reason, state, wanted } of decided) {
    if (JSON.stringify(fields[field]) !== JSON.stringify(wanted)) accuse(world, 'edit_changed', `${what}: ${field}`);
    const overwrote = state === 'accepted' && reason === null && JSON.stringify(kept) !== JSON.stringify(wanted);
    if (!overwrote || (made !== undefined && isAsMade(proposals, made, field, kept))) continue;
    if (!world.ledger.seen.has(seenKey(pc, product, field, kept)))
      accuse(world, 'overwritten_unseen', `${what}: ${field} ${JSON.stringify(kept)} by ${JSON.stringify(wanted)}`);
  }
}

/** What clashed when this till made the product was left out, or got the till's code behind it: nobody's wish but its own. */
function isAsMade(proposals: readonly Proposal[], made: Proposal, field: string, kept: unknown): boolean {
  return proposals.some(
    (one) => one.seq === made.seq && one.field === field && JSON.stringify(one.kept) === JSON.stringify(kept),
  );
}

const reasons: Readonly<Record<string, Work>> = {
  stale: 'edit_stale',
  clash: 'edit_clash',
  permission: 'edit_not_allowed',
};

const states: Readonly<Partial<Record<Proposal['state'], Work>>> = {
  accepted: 'edit_accepted',
  superseded: 'edit_superseded',
  taken: 'edit_taken',
  kept: 'edit_kept',
};

function count({ tally }: World, { reason, state }: Proposal): void {
  const why = reasons[reason ?? ''];
  const end = states[state];
  if (why !== undefined) tally.add(why);
  if (end !== undefined) tally.add(end);
}
