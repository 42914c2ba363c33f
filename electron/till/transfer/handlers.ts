import type { TillContract } from '../../../shared/contract/till.ts';
import type { MovementId, ProductId, TransferId } from '../../../shared/ids.ts';
import type { Body } from '../../../shared/journal/kinds.ts';
import { transferNumber } from '../../../shared/journal/kinds/stock-kinds.ts';
import type { CommandContext } from '../context.ts';
import type { ReadDb } from '../db/statement.ts';
import { fail } from '../failure.ts';
import type { Handlers } from '../handler.ts';
import { findProduct, type ProductToSell } from '../product/repository.ts';
import { checkCounted, checkQuantity } from '../quantity.ts';
import { countSent, isOfThisStore, linesOf, listOtherStores } from './repository.ts';
import { receiptsOf, undo } from './undo.ts';
import { canCancel, type Known, knownTransfer, listTransfers, receivedHere, showTransfer } from './view.ts';

/** Nothing is known of this number here; one that a till of this store would give is mistyped. */
function failUnknown(db: ReadDb, number: string): never {
  return fail(isOfThisStore(db, number) ? 'transfer.own_number' : 'record.not_found', { number });
}

interface TypedLine {
  readonly product: ProductId;
  readonly quantity_milli: number;
}

/** The number as it is written, from what somebody typed. Fails with `transfer.number_malformed`. */
function readNumber(typed: string): string {
  const number = typed.replaceAll(/\s+/g, '').toUpperCase();
  return transferNumber.safeParse(number).success ? number : fail('transfer.number_malformed');
}

/**
 * Lines with what stands of their products on the transfer itself, or else in the catalogue; a product that is named twice
 * is one line. Goods that are on their way arrive as they were sent, whatever the catalogue says of them meanwhile.
 */
function linesFor(
  context: CommandContext,
  typed: readonly TypedLine[],
  check: typeof checkQuantity,
  known?: Known,
): Body<'stock.sent'>['lines'] {
  const sums = new Map<ProductId, number>();
  for (const { product, quantity_milli } of typed) sums.set(product, (sums.get(product) ?? 0) + quantity_milli);
  return [...sums].map(([product, quantity_milli]) => {
    const { name, sku, unit } = known?.lines.find((line) => line.product === product) ?? stocked(context, product);
    check(quantity_milli, unit);
    return { product, sku, name, unit, quantity_milli };
  });
}

function stocked(context: CommandContext, product: ProductId): ProductToSell {
  const found = findProduct(context.db, product) ?? fail('record.not_found', { product });
  return found.stocked ? found : fail('product.not_stocked', { name: found.name });
}

/** The lines of which something came; all of them where nothing did, since a receipt of nothing names what it is of. */
function cameOf(lines: readonly TypedLine[]): readonly TypedLine[] {
  const came = lines.filter(({ quantity_milli }) => quantity_milli !== 0);
  return came.length > 0 ? came : lines;
}

export const transferHandlers: Handlers<TillContract['transfer']> = {
  list: ({ db }) => listTransfers(db),

  show: ({ db }, input) => {
    const number = readNumber(input.number);
    return showTransfer(db, knownTransfer(db, number) ?? failUnknown(db, number));
  },

  send: (context, { lines, to_store }) => {
    const identity = context.identity();
    const stores = listOtherStores(context.db, identity.store);
    if (stores.length === 0) return fail('transfer.no_other_store');
    if (!stores.some(({ store }) => store === to_store)) return fail('record.not_found', { store: to_store });
    const number = `${identity.code}-${identity.series}-T${countSent(context.db) + 1}`;
    const body = {
      transfer: context.newId<TransferId>(),
      number,
      to_store,
      lines: linesFor(context, lines, checkQuantity),
    };
    context.append('stock.sent', body);
    context.changed('stock');
    context.changed('catalogue');
    return { number };
  },

  receive: (context, input) => {
    const number = readNumber(input.number);
    const known = knownTransfer(context.db, number);
    if (known === undefined && isOfThisStore(context.db, number)) return fail('transfer.own_number', { number });
    if (known?.isIncoming === false) return fail('transfer.sent_here', { number });
    if (known?.state === 'received') return fail('transfer.already_received', { number });
    context.append('stock.received', {
      receipt: context.newId<MovementId>(),
      number,
      lines: linesFor(context, cameOf(input.lines), checkCounted, known),
      ...(input.awaits_more ? { awaits_more: true } : {}),
    });
    context.changed('stock');
    context.changed('catalogue');
    return { number };
  },

  correct: (context, input) => {
    const number = readNumber(input.number);
    const known = knownTransfer(context.db, number) ?? fail('record.not_found', { number });
    const held = receivedHere(context.db, known);
    const lines = linesFor(context, input.lines, checkCounted, known)
      .map((line) => ({ ...line, quantity_milli: line.quantity_milli - (held.get(line.product)?.quantity_milli ?? 0) }))
      .filter(({ quantity_milli }) => quantity_milli !== 0);
    if (known.receipts.length === 0 || lines.length === 0) return fail('transfer.nothing_to_correct', { number });
    context.append('stock.receipt_corrected', {
      correction: context.newId<MovementId>(),
      number,
      reason: input.reason,
      lines: undo(context, lines, receiptsOf(context.db, known.receipts)),
      ...(input.awaits_more ? { awaits_more: true } : {}),
    });
    context.changed('stock');
    context.changed('catalogue');
    return {};
  },

  cancel: (context, input) => {
    const number = readNumber(input.number);
    const known = knownTransfer(context.db, number) ?? fail('record.not_found', { number });
    const { sent } = known;
    if (!canCancel(known) || sent?.transfer === undefined || sent.transfer === null)
      return fail('transfer.not_to_cancel', { number });
    context.append('stock.transfer_cancelled', {
      transfer: sent.transfer,
      number,
      lines: undo(context, linesOf(context.db, sent.seq), () => sent.seq),
    });
    context.changed('stock');
    context.changed('catalogue');
    return {};
  },
};
