/** Holds what central says of goods between stores against the papers: what was sent, and what each store said that it got. */
import type { Deal } from './ledger.ts';
import { accuse, type World } from './world.ts';

/** The entry that says it. */
const kinds: Readonly<Record<string, string>> = {
  sent: 'stock.sent',
  received: 'stock.received',
  cancelled: 'stock.transfer_cancelled',
};

export function judgeTransfers(world: World): void {
  const { ledger, model, tally } = world;
  const added = new Map<string, number>();
  for (const deal of ledger.deals.values()) {
    const kind = kinds[deal.kind];
    if (kind === undefined) continue;
    const found = countedOf(world, deal, kind);
    if (found === 'nowhere' && deal.printed !== undefined && !ledger.gone.has(deal.command))
      accuse(world, 'transfer_lost', `${deal.kind} ${deal.number ?? deal.printed.number}, command ${deal.command}`);
    if (found === 'nowhere' || found === 'aside' || deal.kind === 'cancelled') continue;
    for (const { product, quantity_milli } of deal.lines) {
      const key = `${deal.kind} ${found} ${product}`;
      added.set(key, (added.get(key) ?? 0) + Math.abs(quantity_milli));
    }
  }
  for (const {
    elsewhere_store,
    isCancelled,
    lines,
    number,
    received_store,
    sent_at,
  } of model.books.transfers.values()) {
    const all = [...lines.values()];
    for (const { product, received_milli, sent_milli } of all) {
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
    if (sent_at === null) tally.add('goods_unannounced');
    else if (isCancelled) tally.add('goods_cancelled');
    else if (received_store === null) tally.add('goods_on_the_way');
    else if (all.some((line) => line.sent_milli !== line.received_milli)) tally.add('goods_differing');
    else tally.add('goods_arrived');
    if (sent_at !== null && elsewhere_store !== null) tally.add('goods_elsewhere');
  }
  for (const [key] of added) accuse(world, 'transfer_counted', `${key} is not there`);
}

/** The number under which central counts it; `aside` where its entry was put aside, `nowhere` where it has none. */
function countedOf({ model }: World, deal: Deal, kind: string): string {
  const book = model.till(deal.till);
  const seqs = book.entries.flatMap(({ fact }, i) =>
    fact?.command === deal.command && fact.kind === kind ? [{ seq: i + 1, fact }] : [],
  );
  const [first] = seqs;
  if (first === undefined) return 'nowhere';
  const counted = seqs.find(({ seq }) => book.movements.has(seq));
  return counted === undefined ? 'aside' : String(counted.fact.body['number']);
}
