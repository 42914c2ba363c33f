/**
 * Managers at two tills and somebody at the head office edit the same products, in any order, between pages that are late,
 * answers that are lost, restarts, rebuilt files and snapshots. An independent model says what has to come out.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTillFileToRead } from '../../electron/till/db/open.ts';
import { findProductKey } from '../../electron/till/product/key.ts';
import { catalogueProduct } from '../../electron/till/product/repository.ts';
import { OperationError } from '../../shared/contract/client.ts';
import type { ProductId, TillId } from '../../shared/ids.ts';
import { editProduct } from '../slices/support/product.ts';
import type { CallName } from '../sync/sync-run.ts';
import { joinTill, makeProduct, openShopOffice, type Shop, type ShopTill, signInAgain } from './proposal-world.ts';

let shop: Shop;
let tills: readonly ShopTill[];
let worlds = 0;

beforeAll(async () => {
  shop = await openShopOffice();
  tills = [await joinTill(shop, 'HS1'), await joinTill(shop, 'HS2')];
}, 120_000);

afterAll(async () => {
  for (const { test } of tills) test.end();
  await shop.close();
});

type Field = 'name' | 'price_minor' | 'stocked';
type Value = string | number | boolean;
const values: Readonly<Record<Field, readonly [Value, Value, Value]>> = {
  name: ['Espresso', 'Lungo', 'Doppio'],
  price_minor: [250, 260, 270],
  stocked: [true, false, true],
};

type Op =
  | {
      readonly kind: 'edit' | 'office';
      readonly till: number;
      readonly of: number;
      readonly field: Field;
      readonly pick: number;
    }
  | { readonly kind: 'sync'; readonly till: number; readonly lost: readonly CallName[] }
  | { readonly kind: 'restart' | 'rebuild'; readonly till: number }
  | { readonly kind: 'snapshot' }
  | { readonly kind: 'decide'; readonly take: boolean };

const till = fc.nat(1);
const edit = fc.record({
  kind: fc.constantFrom<'edit' | 'office'>('edit', 'edit', 'office'),
  till,
  of: fc.nat(1),
  field: fc.constantFrom<Field>('price_minor', 'price_minor', 'name', 'stocked'),
  pick: fc.nat(2),
});
const op: fc.Arbitrary<Op> = fc.oneof(
  { weight: 10, arbitrary: edit },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('sync' as const),
      till,
      lost: fc.subarray<CallName>(['hello', 'push', 'pull'], { maxLength: 2 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom<'restart' | 'rebuild'>('restart', 'rebuild'), till }) },
  { weight: 1, arbitrary: fc.constant<Op>({ kind: 'snapshot' }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('decide' as const), take: fc.boolean() }) },
);

type Writer = TillId | 'office';
interface Wish {
  readonly by: number;
  readonly seq: number;
  readonly value: Value;
  /** How many writes of the field the till had heard of. */
  readonly heard: number;
  state: 'unsent' | 'accepted' | 'waiting' | 'taken' | 'kept' | 'superseded';
}

/** One field as the model has it: every value that it had, who wrote it, and every wish. */
class ModelField {
  readonly writes: { readonly value: Value; readonly by: Set<Writer> }[];
  readonly wishes: Wish[] = [];
  readonly heard = [0, 0];

  constructor(value: Value) {
    this.writes = [{ value, by: new Set(['office']) }];
    this.heard = [1, 1];
  }

  get value(): Value {
    const last = this.writes.at(-1);
    if (last === undefined) throw new Error('a field begins with a value');
    return last.value;
  }

  write(value: Value, by: Writer): void {
    if (value !== this.value) this.writes.push({ value, by: new Set([by]) });
    else if (by !== 'office') this.writes.at(-1)?.by.add(by);
  }

  /** What a till shows: its own last word that nobody has decided, else what it has heard. */
  shown(by: number): Value | undefined {
    const mine = this.wishes.filter((wish) => wish.by === by && wish.state === 'unsent').at(-1);
    return mine?.value ?? this.writes[(this.heard[by] ?? 0) - 1]?.value;
  }

  push(by: number, id: TillId): void {
    for (const wish of this.wishes) {
      if (wish.by !== by || wish.state !== 'unsent') continue;
      const foreign = this.writes.slice(wish.heard).some((write) => !write.by.has(id));
      wish.state = foreign && wish.value !== this.value ? 'waiting' : 'accepted';
      for (const before of this.wishes)
        if (before !== wish && before.by === by && before.state === 'waiting' && before.seq < wish.seq)
          before.state = 'superseded';
      if (wish.state === 'accepted') this.write(wish.value, id);
    }
  }
}

class Model {
  readonly fields = new Map<string, ModelField>();

  of(product: ProductId, field: Field): ModelField {
    const key = `${product} ${field}`;
    let found = this.fields.get(key);
    if (found === undefined) {
      found = new ModelField(
        field === 'price_minor' ? 100 : field === 'name' ? `Espresso ${this.#skus.get(product)}` : false,
      );
      this.fields.set(key, found);
    }
    return found;
  }

  readonly #skus = new Map<ProductId, string>();
  add(product: ProductId, sku: string): void {
    this.#skus.set(product, sku);
    for (const field of ['name', 'price_minor', 'stocked'] as const) this.of(product, field);
  }

  /** A sync in which a till pushed all and heard all. */
  sync(by: number, id: TillId): void {
    for (const field of this.fields.values()) field.push(by, id);
    for (const field of this.fields.values()) field.heard[by] = field.writes.length;
  }
}

function tillOf(at: number): ShopTill {
  const found = tills[at];
  if (found === undefined) throw new Error('two tills');
  return found;
}

const changesOf = (field: Field, value: Value): object =>
  field === 'price_minor' ? { price: (Number(value) / 100).toFixed(2) } : { [field]: value };

async function run(ops: readonly Op[]): Promise<void> {
  worlds += 1;
  const model = new Model();
  const products: ProductId[] = [];
  for (const sku of [`E${String(worlds)}`, `F${String(worlds)}`]) {
    const product = await makeProduct(shop, sku);
    model.add(product, sku);
    products.push(product);
  }
  for (const [at, one] of tills.entries()) {
    await one.sync();
    model.sync(at, one.id);
  }
  const productOf = (at: number): ProductId => products[at] ?? expect.unreachable('two products');
  const unheard = new Set<number>();
  for (const one of ops) await step(one);

  async function step(one: Op): Promise<void> {
    switch (one.kind) {
      case 'edit': {
        // A file that was made again has no catalogue until it has heard one, and nobody edits what is not there.
        if (unheard.has(one.till)) return;
        const { seat, test } = tillOf(one.till);
        const product = productOf(one.of);
        const field = model.of(product, one.field);
        const value = values[one.field][one.pick] ?? 0;
        const shown = await seat.client.product.show({ product });
        expect(shown[one.field], 'what a till shows').toBe(field.shown(one.till));
        const edited = await seat.client.product.edit({
          product,
          against: shown.revision,
          changes: changesOf(one.field, value),
        });
        expect(edited[one.field], 'shown at once').toBe(value);
        if (shown[one.field] === value) return;
        expect(edited.is_undecided).toBe(true);
        const seq = test.till.sync.head().seq;
        field.wishes.push({ by: one.till, seq, value, heard: field.heard[one.till] ?? 0, state: 'unsent' });
        return;
      }
      case 'office': {
        const product = productOf(one.of);
        const { version } = await shop.client.product.show({ product });
        const value = values[one.field][one.pick] ?? 0;
        await shop.client.product.edit({ product, against: version, changes: changesOf(one.field, value) });
        model.of(product, one.field).write(value, 'office');
        return;
      }
      case 'sync': {
        const { id, sync, test } = tillOf(one.till);
        await sync(new Set(one.lost));
        expect(test.till.sync.confirmedSeq()).toBe(test.till.sync.head().seq);
        model.sync(one.till, id);
        if (unheard.delete(one.till)) await signInAgain(tillOf(one.till), shop);
        return;
      }
      case 'restart':
        tillOf(one.till).restart();
        return;
      case 'rebuild':
        tillOf(one.till).rebuild();
        unheard.add(one.till);
        return;
      case 'snapshot':
        await shop.shop.admin.query('update stream_heads set tag = new_stream_tag()');
        return;
      case 'decide': {
        const [matter] = (await shop.client.inbox.list({})).edits.filter(({ product }) => products.includes(product));
        if (matter === undefined) return;
        // The fields that are edited here are the three of the model.
        const name = matter.field as Field;
        const field = model.of(matter.product, name);
        const wish = field.wishes.find(({ by, seq }) => seq === matter.seq && tillOf(by).id === matter.till);
        expect(wish?.state, 'what waits').toBe('waiting');
        expect([matter.wanted, matter.ours]).toEqual([wish?.value, field.value]);
        await shop.client.inbox.decide_edit({
          till: matter.till,
          seq: matter.seq,
          field: name,
          take: one.take,
          against: matter.version,
        });
        if (wish !== undefined) wish.state = one.take ? 'taken' : 'kept';
        if (one.take) field.write(matter.wanted as Value, 'office');
      }
    }
  }

  // Healed: everybody has sent and heard all.
  for (const round of [1, 2])
    for (const [at, one] of tills.entries()) {
      await one.sync();
      model.sync(at, one.id);
      if (round === 1 && unheard.delete(at)) await signInAgain(one, shop);
    }
  for (const product of products) {
    const here = await shop.client.product.show({ product });
    const { edited_at: _edited, stock_milli: _stock, version, ...held } = here;
    for (const field of ['name', 'price_minor', 'stocked'] as const)
      expect(held[field], `${field} at the head office`).toBe(model.of(product, field).value);
    for (const { seat, test } of tills) {
      expect(await seat.client.product.show({ product })).toMatchObject({ ...held, is_undecided: false });
      expect(versionAt(test.path, product), 'what the next edit will be made against').toBe(version);
    }
  }
  const { rows } = await shop.shop.admin.query<{
    till: TillId;
    seq: number;
    field: Field;
    state: string;
    product: ProductId;
  }>(
    `select till, seq::int, field, state, product from product_proposals join tills using (store_id, till_id)
     where product = any ($1)`,
    [products],
  );
  const outcomes = rows.map(({ field, product, seq, state, till: id }) => `${id} ${seq} ${product} ${field} ${state}`);
  const expected = [...model.fields].flatMap(([key, { wishes }]) =>
    wishes.map(({ by, seq, state }) => `${tillOf(by).id} ${seq} ${key} ${state}`),
  );
  expect(outcomes.toSorted()).toEqual(expected.toSorted());
  const { edits } = await shop.client.inbox.list({});
  const open = edits.filter(({ product }) => products.includes(product)).map(({ seq, till: id }) => `${id} ${seq}`);
  const waiting = [...model.fields.values()].flatMap(({ wishes }) =>
    wishes.filter(({ state }) => state === 'waiting').map(({ by, seq }) => `${tillOf(by).id} ${seq}`),
  );
  expect(open.toSorted()).toEqual(waiting.toSorted());
  // Nobody decides for the next world.
  for (const { field, seq, till: id, version } of edits)
    await shop.client.inbox.decide_edit({ till: id, seq, field, take: false, against: version });
}

describe('edits of the same products at two tills and the head office', () => {
  it('in any order come out as the model says: one catalogue everywhere, and every wish accounted for', async () => {
    await fc.assert(fc.asyncProperty(fc.array(op, { minLength: 5, maxLength: 40, size: 'max' }), run), {
      numRuns: 12,
      seed: 20_261_121,
      endOnFailure: false,
    });
  }, 600_000);
});

function versionAt(path: string, product: ProductId): number | undefined {
  const file = openTillFileToRead(path);
  const key = findProductKey(file, product);
  const version = key === undefined ? undefined : catalogueProduct(file, key)?.version;
  file.close();
  return version;
}

it('two who decide one matter at once: one is asked to look again, and nothing is done twice', async () => {
  const product = await makeProduct(shop, 'TWICE');
  const [first] = tills;
  if (first === undefined) throw new Error('a till');
  await first.sync();
  await shop.client.product.edit({ product, against: 1, changes: { price: '1.10' } });
  await editProduct(first.seat.client, product, { price: '1.20' });
  await first.sync();
  const [matter] = (await shop.client.inbox.list({})).edits;
  if (matter === undefined) throw new Error('nothing waits');
  const decide = async (take: boolean) =>
    await shop.client.inbox.decide_edit({
      till: matter.till,
      seq: matter.seq,
      field: matter.field,
      take,
      against: matter.version,
    });
  const both = await Promise.allSettled([decide(true), decide(false)]);
  const refused = both.filter((one) => one.status === 'rejected');
  expect(refused).toHaveLength(1);
  expect(refused[0]?.reason).toBeInstanceOf(OperationError);
  const { version } = await shop.client.product.show({ product });
  expect(version).toBe(both[0].status === 'fulfilled' ? 3 : 2);
});
