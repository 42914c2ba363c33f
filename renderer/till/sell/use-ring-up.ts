import { useMemo } from 'react';
import type { Failure, Result } from '../../../shared/contract/errors.ts';
import { isUuid, type LineId, type ProductId, type SaleId } from '../../../shared/ids.ts';
import type { Access } from '../data/access.ts';
import type { Basket, BasketLineAnswer, ProductHit } from '../data/operations.ts';
import { useAccess } from '../data/till-context.tsx';
import type { ScanOutcome } from '../scan/index.ts';
import { type SellStore, useSellStore } from './sell-store.tsx';

export interface RingUp {
  /** A code from the scanner, or typed with Enter. Never rejects: what went wrong is told in the notice slot. */
  scan(barcode: string, heard?: (outcome: ScanOutcome) => void): Promise<void>;
  /** A product that was chosen. Asks for the price or the weight first where that is needed. */
  choose(product: ProductHit): Promise<void>;
  add(
    product: Pick<ProductHit, 'product' | 'name'>,
    quantity_milli: number,
    price?: string,
  ): Promise<Failure | undefined>;
  undo(): Promise<void>;
  setQuantity(line: BasketLineAnswer, quantity_milli: number): Promise<void>;
  remove(line: BasketLineAnswer): Promise<void>;
}

/** The steps of filling a basket. What the basket then holds and costs, the till tells. */
export function useRingUp(): RingUp {
  const access = useAccess();
  const store = useSellStore();
  return useMemo(() => createRingUp(access, store), [access, store]);
}

function createRingUp(access: Access, store: SellStore): RingUp {
  const basket = () => access.askCached('basket.current', {});

  /** The basket before a change; an empty one when it can't be asked: then there is only nothing to undo. */
  const basketBefore = async (): Promise<Basket['lines']> => {
    try {
      return (await basket()).lines;
    } catch {
      // What the change itself answers will tell what is wrong.
      return [];
    }
  };

  /** Tells what was added, and what it makes of the basket. */
  const showAdded = async (
    before: Basket['lines'],
    added: { readonly basket: SaleId; readonly line: LineId },
  ): Promise<void> => {
    const after = await basketBefore();
    const line = after.find((one) => one.line === added.line);
    if (line === undefined) return;
    const last = {
      ...added,
      name: line.name,
      unit: line.unit,
      quantity_milli: line.quantity_milli,
      total_minor: line.total_minor,
      before_milli: before.find((one) => one.line === added.line)?.quantity_milli ?? null,
    };
    access.drawTogether(() => store.getState().added(last));
  };

  const showFailure = (failure: Failure, name?: string): void => store.getState().tell(noticeOf(failure, name));

  const add: RingUp['add'] = async (product, quantity_milli, price) => {
    const before = await basketBefore();
    const result = await access.tell('basket.add_product', {
      product: product.product,
      quantity_milli,
      ...(price === undefined ? {} : { price }),
    });
    if (!result.ok) return result.error;
    await showAdded(before, result.value);
    return undefined;
  };

  const change = async (work: Promise<Result<unknown>>): Promise<boolean> => {
    const result = await work;
    if (!result.ok) showFailure(result.error);
    return result.ok;
  };

  const basketId = async (): Promise<SaleId | null> => {
    try {
      return (await basket()).basket;
    } catch {
      // The line is lost; the notice over the screen says so.
      return null;
    }
  };

  return {
    add,
    scan: async (barcode, heard) => {
      const { next_milli } = store.getState();
      const before = await basketBefore();
      const result = await access.tell('basket.scan', {
        barcode,
        ...(next_milli === null ? {} : { quantity_milli: next_milli }),
      });
      // Before anything is drawn: the ear is to know while the scanner still moves.
      heard?.(result.ok ? 'good' : 'bad');
      if (result.ok) await showAdded(before, result.value);
      else showFailure(result.error);
    },
    choose: async (product) => {
      const { next_milli, change: set } = store.getState();
      if (product.price_minor === null) {
        const dialog = { kind: 'open_price', product, quantity_milli: next_milli ?? 1000 } as const;
        return set({ dialog, next_milli: null, text: '' });
      }
      if (product.unit !== 'piece' && next_milli === null) return set({ dialog: { kind: 'weigh', product }, text: '' });
      const failure = await add(product, next_milli ?? 1000);
      if (failure !== undefined) showFailure(failure, product.name);
    },
    undo: async () => {
      const { last } = store.getState();
      if (last === null) return;
      const { basket: id, before_milli, line, name } = last;
      const isDone = await change(
        before_milli === null
          ? access.tell('basket.remove_line', { basket: id, line })
          : access.tell('basket.set_quantity', { basket: id, line, quantity_milli: before_milli }),
      );
      if (isDone) store.getState().change({ last: null, notice: { kind: 'removed', name } });
    },
    setQuantity: async ({ line }, quantity_milli) => {
      const id = await basketId();
      if (id === null) return;
      await change(access.tell('basket.set_quantity', { basket: id, line, quantity_milli }));
      // What was put in last is no longer what Undo would take back.
      store.getState().change({ last: null, current: line });
    },
    remove: async ({ line, name }) => {
      const id = await basketId();
      if (id === null) return;
      const isDone = await change(access.tell('basket.remove_line', { basket: id, line }));
      if (isDone)
        store.getState().change({ last: null, current: null, isChosen: false, notice: { kind: 'removed', name } });
    },
  };
}

/** What the notice slot says of a failure. */
export function noticeOf(failure: Failure, name?: string): Parameters<ReturnType<SellStore['getState']>['tell']>[0] {
  const { code, data } = failure;
  if (code === 'barcode.unknown') return { kind: 'unknown', barcode: String(data['barcode'] ?? '') };
  const product = data['product'];
  if (code === 'product.no_price' && typeof product === 'string' && isUuid(product)) {
    // The till named its product by the UUID that `isUuid` has just read.
    return { kind: 'no_price', product: product as string as ProductId, name: String(data['name'] ?? name ?? '') };
  }
  const known = typeof data['name'] === 'string' ? data['name'] : name;
  return { kind: 'failure', failure, ...(known === undefined ? {} : { name: known }) };
}
