/** Shops of a world that are their own when it begins, and when each of them asks to be let in. */
import type { Draws } from './draws.ts';
import type { Floor } from './floor.ts';
import { mostShops } from './shop.ts';
import type { Templates } from './templates.ts';
import type { Stage } from './troubles.ts';
import type { Fate } from './world.ts';

/** In a third of all worlds there is one, or a few. */
export async function drawShops(draws: Draws, fate: Fate, templates: Templates) {
  const count = draws.chance('shops', 0.35) ? 1 + Math.floor(mostShops * draws.at('shops/count') ** 2) : 0;
  const first = draws.int('shops/first', 0, mostShops - 1);
  const indices = Array.from({ length: count }, (_, i) => (first + i) % mostShops);
  const shops = await Promise.all(indices.map(async (index) => await templates.ofShop(index)));
  return shops.filter(({ place }) => !fate.isOmitted(`till ${place.label}`));
}

/** From a drawn moment on each PC of a shop asks, again and again, until it is let in. */
export function letShopsJoin({ floor, length_ms, world }: Stage): void {
  const { agenda, draws, fate } = world;
  const ask = (place: string, after_ms: number, turn: number) => {
    agenda.after(after_ms, () => {
      if (fate.isOver) return;
      for (const pc of pcsOf(floor, place)) floor.cashierOf(pc).keeper?.join();
      ask(place, draws.spread(`asks/${place}/${turn}`, 2_000, 20_000), turn + 1);
    });
  };
  for (const { place } of floor.pcs.map(({ options }) => options))
    if (place.shop !== null) ask(place.till, draws.at(`joins/${place.till}`) * length_ms, 0);
}

function pcsOf(floor: Floor, till: string) {
  return floor.pcs.filter(({ options }) => options.place.till === till);
}
