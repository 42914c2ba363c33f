/** The head office at work: it changes products, decides on what a till's manager wished, and on PCs that ask to speak. */
import { startingRoles } from '../../shared/contract/permissions.ts';
import type { Fields, Proposal } from './central/books.ts';
import { barcodesDrawn, goods, manager, managerRow, productRow, skuDrawn } from './shop.ts';
import type { Stage } from './troubles.ts';
import { decide, decideDoubt, decideField, editProduct, put, type World } from './world.ts';

const mostEdits = 8;
const looks = 6;

export function letOfficeWork(stage: Stage): void {
  const { length_ms, world } = stage;
  const { agenda, draws, fate } = world;
  for (let i = 0; i < draws.int('edits', 0, mostEdits); i += 1)
    agenda.after(draws.at(`edit/${i}/when`) * length_ms, () => edit(world, `edit/${i}`));
  for (let i = 0; i < looks; i += 1) {
    agenda.after(draws.at(`look/${i}/when`) * length_ms, () => {
      if (fate.isOver) return;
      decideFields(world, `look/${i}`, 0.5);
      decideDoubts(world, `look/${i}`, 0.5);
    });
  }
  if (draws.chance('forbids', 0.2)) agenda.after(draws.at('forbids/when') * length_ms, () => forbid(world, length_ms));
  letPcsSpeak(stage);
}

/** A product is changed, or made where there is none yet. */
function edit(world: World, key: string): void {
  const { draws, model, tally } = world;
  const index = Math.floor((goods.length + 2) * draws.at(`${key}/goods`) ** 2);
  const row = productRow(index, 1, draws.int(`${key}/price`, 1, 5000));
  const known = [...model.books.catalogue.keys()];
  // Also what was made at a till.
  const product = draws.chance(`${key}/any`, 0.3) ? draws.pick(`${key}/which`, known) : row.product;
  tally.add('office_edited');
  if (product === row.product && !model.books.catalogue.has(product)) put(world, 'company', 'product', product, row);
  else editProduct(world, product, changesOf(world, key, row.price_minor));
}

function changesOf({ draws }: World, key: string, price_minor: number | null): Partial<Fields> {
  const what = draws.at(`${key}/what`);
  if (what < 0.6) return { price_minor };
  if (what < 0.75) return { name: `Renamed ${draws.int(`${key}/name`, 1, 500)}`, price_minor };
  if (what < 0.9) return { sku: skuDrawn(draws, key) };
  return { barcodes: barcodesDrawn(draws, key) };
}

/** For a while nobody at a till may change products. */
function forbid(world: World, length_ms: number): void {
  const { agenda, draws, tally } = world;
  tally.add('edits_forbidden');
  const allowed = startingRoles.manager;
  put(world, 'company', 'role', manager, managerRow(allowed.filter((permission) => permission !== 'product.edit')));
  agenda.after(draws.at('forbids/for') * length_ms, () => put(world, 'company', 'role', manager, managerRow(allowed)));
}

/** Somebody looks at the fields that wait, and decides on some. */
export function decideFields(world: World, key: string, share: number): void {
  const { draws, model } = world;
  const waiting = [...model.books.tills.values()].flatMap(({ proposals, till }) =>
    proposals.filter(({ state }) => state === 'waiting').map((one): Waiting => ({ ...one, till })),
  );
  for (const { field, seq, till } of waiting) {
    const at = `${key}/${till}/${seq}/${field}`;
    if (!draws.chance(at, share)) continue;
    const take = draws.chance(`${at}/take`, 0.5);
    // A SKU that another product still has can't be taken.
    if (!decideField(world, { till, seq, field, take })) decideField(world, { till, seq, field, take: false });
  }
}

/** Somebody asks in the shops what was first, and decides on what is in doubt. */
export function decideDoubts(world: World, key: string, share: number): void {
  const { draws, model } = world;
  for (const [store, { doubts }] of model.books.stores) {
    const open = [...doubts.values()].filter(({ decided }) => decided === null).map(({ product }) => product);
    for (const product of new Set(open)) {
      const at = `${key}/${store}/${product}`;
      if (draws.chance(at, share)) decideDoubt(world, store, product, draws.chance(`${at}/before`, 0.5));
    }
  }
}

type Waiting = Proposal & { readonly till: string };

function letPcsSpeak({ server, world }: Stage): void {
  const { agenda, draws, fate, model } = world;
  const considered = new Set<string>();
  server.onPending = (till, installation) => {
    const id = `${till} ${installation}`;
    if (fate.isOver || considered.has(id)) return;
    considered.add(id);
    agenda.after(draws.spread(`decides/${id}`, 1_000, 60_000), () => {
      considered.delete(id);
      // Not every PC that asks is one that somebody wants.
      if (fate.isOver || !draws.chance(`decides/${id}/${Math.floor(agenda.now_ms)}`, 0.6)) return;
      if (model.books.tills.get(till)?.asking.has(installation) !== true) return;
      decide(world, till, installation);
      world.trace.note(agenda.now_ms, 'office', `decides for ${installation.slice(-4)}`);
    });
  };
}
