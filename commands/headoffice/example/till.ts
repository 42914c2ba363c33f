/** A till of the example: a journal in memory, written in the real format and sent as a real till sends it. */
import { createHash } from 'node:crypto';
import { v7 } from 'uuid';
import type {
  InstallationId,
  LineId,
  ProductId,
  SaleId,
  ShiftId,
  StaffId,
  StoreId,
  TaxId,
  TenderId,
  TillId,
  Uuid,
} from '../../../shared/ids.ts';
import { toHex } from '../../../shared/ids.ts';
import { entryHash, genesisHash, type Head, type Sha256 } from '../../../shared/journal/chain.ts';
import { encodeEntry, type Envelope } from '../../../shared/journal/envelope.ts';
import { type Body, type KindName, kinds } from '../../../shared/journal/kinds.ts';
import { type Discount, priceBasket } from '../../../shared/sale/price.ts';
import { type CentralAddress, centralAt } from '../../../sync/central.ts';
import type { OutgoingEntry } from '../../../sync/ports.ts';

const sha256: Sha256 = (...parts) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** A product as the catalogue answered with it, and the taxes that it names. */
export interface Sellable {
  readonly product: ProductId;
  readonly sku: string;
  readonly name: string;
  readonly unit: 'piece' | 'kg';
  readonly price_minor: number;
  readonly tax: { readonly tax: TaxId; readonly code: string; readonly rate_millionths: number };
}

export interface Item {
  readonly product: Sellable;
  readonly quantity_milli: number;
  readonly discounts?: readonly Discount[];
}

/** When something happened. */
export interface Moment {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly business_date: string;
  readonly actor: StaffId;
}

export interface ExampleTillOptions {
  readonly store: StoreId;
  readonly till: TillId;
  readonly code: string;
  readonly installation: InstallationId;
  readonly central: CentralAddress;
  readonly currency: string;
}

type Sale = Body<'sale.completed'>;

export class ExampleTill {
  readonly options: ExampleTillOptions;
  readonly #entries: OutgoingEntry[] = [];
  #epoch = 0;
  #receipt = 0;

  constructor(options: ExampleTillOptions) {
    this.options = options;
  }

  /** The number of its last entry. */
  get headSeq(): number {
    return this.#entries.length;
  }

  #head(): Head {
    return this.#entries.at(-1) ?? { seq: 0, hash: genesisHash(sha256, this.options.installation) };
  }

  #id<Id extends Uuid>(moment: Moment): Id {
    // uuid writes canonical lower-case text.
    return v7({ msecs: moment.at }) as Id;
  }

  append<Name extends KindName>(kind: Name, body: Body<Name>, moment: Moment): void {
    if (kind === 'epoch.opened') this.#epoch += 1;
    const { currency, installation, store, till } = this.options;
    const bytes = encodeEntry({
      store,
      till,
      installation,
      epoch: this.#epoch,
      seq: this.#entries.length + 1,
      kind,
      version: 1,
      command: this.#id(moment),
      n: 0,
      actor: moment.actor,
      at: new Date(moment.at).toISOString(),
      offset: 0,
      business_date: moment.business_date,
      currency,
      // Written by the kind's own schema: it is JSON.
      body: kinds[kind].write(body as never) as Envelope['body'],
    });
    this.#entries.push({
      seq: this.#entries.length + 1,
      bytes,
      hash: entryHash(sha256, this.#head().hash, bytes),
      payloads: [],
    });
  }

  /** The till's first entries. */
  open(moment: Moment): void {
    const previous_head = { epoch: 0, seq: 0, hash: toHex(this.#head().hash) };
    this.append('epoch.opened', { reason: 'first', previous_head, series: 'A' }, moment);
    const { code } = this.options;
    this.append('till.opened', { code, name: code, authority: 'joined', demo: false }, moment);
  }

  openShift(number: number, moment: Moment): ShiftId {
    const shift = this.#id<ShiftId>(moment);
    this.append('shift.opened', { shift, number, float_minor: 15_000, date_confirmed: false }, moment);
    return shift;
  }

  /** Puts so much of each on the shelf. */
  receive(goods: readonly Sellable[], quantity_milli: number, moment: Moment): void {
    const lines = goods.map(({ product, sku }) => ({ product, sku, quantity_milli }));
    this.append('stock.adjusted', { adjustment: this.#id(moment), reason: 'Counted', lines }, moment);
  }

  /** A sale of these, in cash (with change) or by card. */
  sell(shift: ShiftId, items: readonly Item[], tender: 'cash' | 'card', moment: Moment): Sale {
    const { amounts, lines } = this.#price(items, moment);
    const handed_minor = tender === 'card' ? amounts.total_minor : Math.ceil(amounts.total_minor / 500) * 500;
    const sale: Sale = {
      sale: this.#id<SaleId>(moment),
      shift,
      receipt: this.#nextReceipt(),
      lines,
      basket_discounts: [],
      ...amounts,
      tenders: [this.#tender(tender, amounts.total_minor, handed_minor, moment)],
      change_minor: handed_minor - amounts.total_minor,
    };
    this.append('sale.completed', sale, moment);
    return sale;
  }

  /** Gives one line of a sale back, in cash. */
  giveBack(shift: ShiftId, sale: Sale, product: Sellable, reason: string, moment: Moment): void {
    const line = sale.lines.find((one) => one.product === product.product);
    if (line === undefined) return;
    const { amounts, lines } = this.#price([{ product, quantity_milli: -line.quantity_milli }], moment);
    this.append(
      'refund.completed',
      {
        refund: this.#id<SaleId>(moment),
        of_sale: sale.sale,
        shift,
        receipt: this.#nextReceipt(),
        reason,
        lines: lines.map((one) => ({ ...one, of_line: line.line, restock: true })),
        ...amounts,
        tenders: [this.#tender('cash', amounts.total_minor, amounts.total_minor, moment)],
        change_minor: 0,
      },
      moment,
    );
  }

  #nextReceipt() {
    this.#receipt += 1;
    return { till: this.options.code, series: 'A', number: this.#receipt };
  }

  #tender(kind: 'cash' | 'card', amount_minor: number, handed_minor: number, moment: Moment): Sale['tenders'][number] {
    const foreign = { foreign_currency: null, foreign_minor: null, foreign_rate_millionths: null };
    return { tender: this.#id<TenderId>(moment), kind, amount_minor, handed_minor, ...foreign };
  }

  #price(items: readonly Item[], moment: Moment) {
    const asked = items.map((item) => ({ ...item, id: this.#id<LineId>(moment) }));
    const priced = priceBasket({
      currency: this.options.currency,
      prices_include_tax: true,
      tax_rounding: 'line',
      lines: asked.map(({ discounts = [], id, product, quantity_milli }) => ({
        id,
        quantity_milli,
        unit_price_minor: product.price_minor,
        discounts,
        taxes: [product.tax],
      })),
      basket_discounts: [],
    });
    const lines = asked.map(({ id, product, quantity_milli }): Sale['lines'][number] => {
      const money = priced.lines.find((one) => one.id === id);
      if (money === undefined) throw new Error('a line was not priced');
      return {
        line: id,
        product: product.product,
        sku: product.sku,
        name: product.name,
        unit: product.unit,
        category: null,
        quantity_milli,
        list_price_minor: product.price_minor,
        unit_price_minor: product.price_minor,
        price_source: 'list',
        gross_minor: money.gross_minor,
        basket_discount_minor: money.basket_discount_minor,
        total_minor: money.total_minor,
        net_minor: money.net_minor,
        stocked: true,
        discounts: [...money.discounts],
        taxes: [...money.taxes],
      };
    });
    const { discount_minor, gross_minor, net_minor, prices_include_tax, tax_minor, tax_rounding, taxes, total_minor } =
      priced;
    const sums = { gross_minor, discount_minor, net_minor, tax_minor, total_minor, rounding_minor: 0 };
    return { lines, amounts: { prices_include_tax, tax_rounding, taxes: [...taxes], ...sums } };
  }

  /** Says hello, sends what the head office does not have, and says hello again. */
  async sync(): Promise<void> {
    const connection = await centralAt(this.options.central, '0.1.0').connect();
    try {
      const hello = async () => {
        const { hash, seq } = this.#head();
        const at = new Date().toISOString();
        return await connection.hello({ installation: this.options.installation, epoch: this.#epoch, seq, hash, at });
      };
      const welcome = await hello();
      if (welcome.answer !== 'welcome') throw new Error(`hello was answered ${welcome.answer}`);
      let { acked_seq, epoch } = welcome;
      while (acked_seq < this.#entries.length) {
        const entries = this.#entries.slice(acked_seq, acked_seq + 100);
        const answer = await connection.push({ epoch, entries, unprojected: false });
        if (answer.answer !== 'taken') throw new Error(`push was answered ${answer.answer}`);
        ({ acked_seq, epoch } = answer);
      }
      await hello();
    } finally {
      connection.destroy();
    }
  }
}
