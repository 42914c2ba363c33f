/** A day at one till of the example. */
import type { StaffId } from '../../../shared/ids.ts';
import { Draw } from './goods.ts';
import type { ExampleTill, Item, Sellable } from './till.ts';

/** How many of a hundred sales fall into each hour from 8 to 19. */
const rhythm = [4, 8, 11, 13, 18, 17, 12, 9, 10, 13, 8, 4] as const;
const hour_ms = 60 * 60 * 1000;

export interface Day {
  readonly date: string;
  readonly number: number;
  /** Over the whole day; those after `until` are still to come. */
  readonly sales: number;
  readonly until: number;
  readonly actor: StaffId;
  readonly goods: readonly Sellable[];
  readonly seed: number;
}

/** Opens a shift and sells, with a refund here and there. */
export function sellDay(till: ExampleTill, day: Day): void {
  const draw = new Draw(day.seed);
  const midnight = Date.parse(`${day.date}T00:00:00Z`);
  const moment = (at: number) => ({ at, business_date: day.date, actor: day.actor });
  const shift = till.openShift(day.number, moment(midnight + 7.75 * hour_ms));
  const times = rhythm.flatMap((share, i) =>
    Array.from(
      { length: Math.round((day.sales * share) / 127) },
      () => midnight + (8 + i) * hour_ms + draw.below(hour_ms),
    ),
  );
  let last: { sale: ReturnType<ExampleTill['sell']>; product: Sellable } | undefined;
  for (const [n, at] of times.toSorted((a, b) => a - b).entries()) {
    const items = drawItems(draw, day.goods);
    if (at > day.until) return;
    const sale = till.sell(shift, items, draw.below(100) < 38 ? 'cash' : 'card', moment(at));
    const [first] = items;
    if (n % 60 === 40 && last !== undefined)
      till.giveBack(shift, last.sale, last.product, 'Damaged', moment(at + 20_000));
    if (first !== undefined) last = { sale, product: first.product };
  }
}

function drawItems(draw: Draw, goods: readonly Sellable[]): Item[] {
  const count = 1 + draw.below(4);
  const chosen = new Map<string, Item>();
  for (let i = 0; i < count; i += 1) {
    const product = draw.of(goods);
    const quantity_milli = product.unit === 'kg' ? 150 + draw.below(900) : (1 + draw.below(10) ** 2 / 40) | 0;
    const isReduced = draw.below(12) === 0;
    chosen.set(product.sku, {
      product,
      quantity_milli: product.unit === 'kg' ? quantity_milli : quantity_milli * 1000,
      ...(isReduced ? { discounts: [{ kind: 'percent', rate_millionths: 100_000, reason: 'Line discount' }] } : {}),
    });
  }
  return [...chosen.values()];
}
