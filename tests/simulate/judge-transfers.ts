/** Holds what central says of goods between stores against the papers: what was sent, and what each store said that it got. */
import type { Doc, Transfer } from './central/books.ts';
import { countedOf, standingOf } from './central/transfers.ts';
import { type Deal, movedBy } from './ledger.ts';
import type { Work } from './work.ts';
import { accuse, type World } from './world.ts';

/** The entry that says it. */
const kinds: Readonly<Record<string, string>> = {
  sent: 'stock.sent',
  received: 'stock.received',
  corrected: 'stock.receipt_corrected',
  cancelled: 'stock.transfer_cancelled',
};

export function judgeTransfers(world: World): void {
  const { ledger, model, tally } = world;
  const added = new Map<string, number>();
  for (const deal of ledger.deals.values()) {
    const kind = kinds[deal.kind];
    if (kind === undefined) continue;
    const found = entryOf(world, deal, kind);
    if (found === 'nowhere' && deal.printed !== undefined && !ledger.gone.has(deal.command))
      accuse(world, 'transfer_lost', `${deal.kind} ${deal.number ?? deal.printed.number}, command ${deal.command}`);
    if (found === 'nowhere' || found === 'aside' || deal.kind === 'cancelled') continue;
    const [what, sign] = deal.kind === 'sent' ? ['sent', 1] : ['received', -1];
    for (const { product, quantity_milli } of movedBy(deal, found)) {
      const key = `${what} ${String(found.body['number'])} ${product}`;
      added.set(key, (added.get(key) ?? 0) + sign * quantity_milli);
    }
  }
  for (const transfer of model.books.transfers.values()) {
    const { number } = transfer;
    for (const { elsewhere_milli, product, sent_milli, ...counted } of countedOf(transfer)) {
      const received_milli = counted.received_milli + elsewhere_milli;
      const sent = added.get(`sent ${number} ${product}`) ?? 0;
      const received = added.get(`received ${number} ${product}`) ?? 0;
      added.delete(`sent ${number} ${product}`);
      added.delete(`received ${number} ${product}`);
      if (sent !== sent_milli || received !== received_milli)
        accuse(
          world,
          'transfer_counted',
          `${number}: ${sent_milli} and ${received_milli}, not ${sent} and ${received}`,
        );
    }
    for (const work of endOf(transfer)) tally.add(work);
  }
  for (const [key] of added) accuse(world, 'transfer_counted', `${key} is not there`);
}

/** How it ended, or stands. */
function endOf(transfer: Transfer): readonly Work[] {
  const { elsewhere_store, received_store, state } = standingOf(transfer);
  if (transfer.sent_at === null) return ['goods_unannounced'];
  const differs = countedOf(transfer).some(({ received_milli, sent_milli }) => sent_milli !== received_milli);
  const end = {
    cancelled: 'goods_cancelled' as const,
    on_the_way: received_store === null ? ('goods_on_the_way' as const) : ('goods_in_part' as const),
    received: differs ? ('goods_differing' as const) : ('goods_arrived' as const),
  };
  return elsewhere_store === null ? [end[state]] : [end[state], 'goods_elsewhere'];
}

/** The fact as central counts it; `aside` where its entry was put aside, `nowhere` where it has none. */
function entryOf({ model }: World, deal: Deal, kind: string): Doc | 'aside' | 'nowhere' {
  const book = model.till(deal.till);
  const seqs = book.entries.flatMap(({ fact }, i) =>
    fact?.command === deal.command && fact.kind === kind ? [{ seq: i + 1, fact }] : [],
  );
  const [first] = seqs;
  if (first === undefined) return 'nowhere';
  const counted = seqs.find(({ seq }) => book.movements.has(seq));
  return counted === undefined ? 'aside' : counted.fact;
}
