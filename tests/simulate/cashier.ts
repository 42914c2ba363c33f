/** Somebody at a till's screen, who sells, gives back, counts and closes, and repeats what got no answer. */
import type { Failure, Result } from '../../shared/contract/errors.ts';
import { Carrier } from './carrier.ts';
import { Counter } from './counter.ts';
import type { Deal, DealOf, LedgerLine, LedgerSpan } from './ledger.ts';
import { type Asking, Manager } from './manager.ts';
import type { Pc } from './pc.ts';
import { goods as companyGoods, type Goods, idOf } from './shop.ts';
import { enrolmentRefusals, Shopkeeper } from './shopkeeper.ts';
import type { Work } from './work.ts';
import { accuse, type World } from './world.ts';

interface BasketLine {
  readonly line: string;
  readonly product: string;
  readonly quantity_milli: number;
  readonly total_minor: number;
}

interface BasketView {
  readonly basket: string | null;
  readonly lines: readonly BasketLine[];
  readonly total_minor: number;
  readonly due_minor: number;
}

interface Command {
  readonly operation: string;
  readonly input: unknown;
  readonly command: string;
  readonly deal?: Deal;
  readonly then?: ((value: unknown, span: LedgerSpan) => void) | undefined;
  /** When it was asked for the first time. */
  readonly asked_ms: number;
  /** It was asked before, and nobody saw an answer. */
  readonly isRepeat?: boolean;
}

/** A sale that the cashier has the receipt of. */
interface Sold {
  readonly sale: string;
  readonly lines: readonly BasketLine[];
}

/** What a till may say no with, whatever is done in whatever order. */
const ordinary = new Set<Failure['code']>([
  'basket.empty',
  'basket.changed',
  'basket.already_completed',
  'basket.has_tenders',
  'basket.total_changed',
  'basket.underpaid',
  'command.already_recorded',
  'line.not_found',
  'record.not_found',
  'refund.too_much',
  'refund.nothing',
  'shift.not_open',
  'shift.already_open',
  'shift.basket_open',
  'shift.date_far',
  'shift.difference',
  'tender.not_needed',
  // Another page of the feed may have come, or another disk.
  'record.changed',
  'record.inactive',
  'product.sku_taken',
  'product.barcode_taken',
  'transfer.already_received',
  'transfer.not_to_cancel',
  'stock_take.not_open',
  'stock_take.already_open',
  'stock_take.not_in_scope',
  'stock_take.empty',
  'transfer.nothing_to_correct',
  // A shop's letters and names are few; from when it has joined on they are the head office's to give.
  'tax.code_taken',
  'staff.login_taken',
  'transfer.no_other_store',
  'catalogue.read_only',
  ...enrolmentRefusals,
]);

const works: Readonly<Partial<Record<Deal['kind'], Work>>> = {
  edit: 'product_edited',
  product: 'product_made',
  sent: 'goods_sent',
  received: 'goods_received',
  corrected: 'goods_corrected',
  counted: 'count_posted',
  discarded: 'count_discarded',
};

/** What the head office may have forbidden. */
const forbidden = new Set(['product.edit', 'product.create']);

/** What a till says no with before it has heard the feed. */
const awaitsFeed = new Set<Failure['code']>([
  'session.required',
  'session.ended',
  'permission.missing',
  'setup.not_done',
]);

export class Cashier {
  readonly #world: World;
  readonly #pc: Pc;
  #turns = 0;
  #commands = 0;
  /** What got no answer: asked again with the same name before anything else. */
  #unanswered: Command | undefined;
  readonly #sold: Sold[] = [];
  readonly #manager: Manager;
  readonly #carrier: Carrier;
  readonly #counter: Counter;
  /** Undefined in a store of the company. */
  readonly keeper: Shopkeeper | undefined;
  /** The shop's own, and the company's where the head office keeps the catalogue. */
  readonly #goods: readonly Goods[];
  #isBusy = false;

  constructor(world: World, pc: Pc) {
    this.#world = world;
    this.#pc = pc;
    const asking: Asking = {
      ask: async (operation, input) => await this.#ask(operation, input),
      do: async (operation, input, deal, then) => await this.#do(operation, input, deal, then),
    };
    this.#manager = new Manager(world, pc, asking);
    this.#carrier = new Carrier(world, pc, asking);
    this.#counter = new Counter(world, pc, asking);
    const { goods, shop } = pc.options.place;
    this.keeper = shop === null ? undefined : new Shopkeeper(world, pc, shop, asking);
    this.#goods = goods;
  }

  get hasUnanswered(): boolean {
    return this.#unanswered !== undefined;
  }

  /** Does the next thing, if the till is on. Left out of a run, it is as if nobody came. */
  act(): void {
    this.#turns += 1;
    const key = `cashier/${this.#pc.id}/${this.#turns}`;
    if (!this.#pc.isOn || this.#isBusy || this.#world.fate.isOmitted(key)) return;
    this.#world.fate.turns.push(key);
    void this.#free(async () => {
      if (await this.#repeat()) await this.#serve(key);
    });
  }

  /** Only asks again what got no answer. */
  finish(): void {
    this.keeper?.join();
    if (this.#pc.isOn && !this.#isBusy) void this.#free(async () => void (await this.#repeat()));
  }

  async #free(work: () => Promise<void>): Promise<void> {
    this.#isBusy = true;
    try {
      await work();
    } finally {
      this.#isBusy = false;
    }
  }

  /** Answers whether nothing is left to be asked again. */
  async #repeat(): Promise<boolean> {
    const again = this.#unanswered;
    if (again === undefined) return true;
    this.#unanswered = undefined;
    await this.#run({ ...again, isRepeat: true });
    return this.#unanswered === undefined;
  }

  async #serve(key: string): Promise<void> {
    const { draws, habits } = this.#world;
    const isOwn = this.keeper?.isOwn() === true;
    if (isOwn && draws.chance(`${key}/tends shop`, habits.tend)) {
      if (draws.chance(`${key}/edits own`, 0.5)) await this.#manager.act(key);
      else await this.keeper?.act(key);
      return;
    }
    if (draws.chance(`${key}/edits`, habits.edit)) {
      await this.#manager.act(key);
      return;
    }
    if (!isOwn && draws.chance(`${key}/carries goods`, habits.carry)) {
      await this.#carrier.act(key);
      return;
    }
    if (draws.chance(`${key}/counts shelves`, habits.count)) {
      await this.#counter.act(key);
      return;
    }
    const basket = await this.#ask<BasketView>('basket.current', {});
    if (basket === undefined || typeof basket === 'string') return;
    const what = draws.at(key);
    if (basket.lines.length > 0) {
      if (what < 0.65) await this.#complete(basket);
      else if (what < 0.95) await this.#ring(key);
      else await this.#do('basket.void', { basket: basket.basket });
    } else if (what < 0.7) await this.#ring(key);
    else if (what < 0.8) await this.#giveBack(key);
    else if (what < 0.87) await this.#adjust(key);
    else if (what < 0.91) await this.#do('shift.pay_in', { amount: '5.00', reason: 'Float' });
    else if (what < 0.95) await this.#close();
    else if (what < 0.98) await this.#do('sync.try_now', {});
  }

  async #openShift(): Promise<void> {
    const answer = await this.#do('shift.open', { float: '100.00' });
    if (answer === undefined || answer.ok || answer.error.code !== 'shift.date_far') return;
    await this.#do('shift.open', { float: '100.00', confirm_date: answer.error.data['date'] });
  }

  async #ring(key: string): Promise<void> {
    const { draws } = this.#world;
    const made = this.#manager.made.map((product) => ({ product, unit: 'piece' }));
    const { product, unit } = draws.pick(`${key}/product`, [...this.#wares(), ...made]);
    const quantity_milli =
      unit === 'piece' ? 1000 * draws.int(`${key}/pieces`, 1, 3) : draws.int(`${key}/weight`, 1, 5000);
    const answer = await this.#do('basket.add_product', { product, quantity_milli });
    if (answer?.ok === false && answer.error.code === 'shift.not_open') await this.#openShift();
  }

  /** A shop that has joined sells what the company has too. */
  #wares(): readonly Goods[] {
    return this.keeper === undefined || this.keeper.isOwn() ? this.#goods : [...this.#goods, ...companyGoods];
  }

  async #complete(basket: BasketView): Promise<void> {
    if (basket.due_minor > 0) {
      const handed = `${Math.floor(basket.due_minor / 100)}.${String(basket.due_minor % 100).padStart(2, '0')}`;
      const paid = await this.#do('basket.add_tender', { basket: basket.basket, kind: 'cash', handed });
      if (paid === undefined || !paid.ok) return;
    }
    const sum = basket.lines.reduce((total, line) => total + line.total_minor, 0);
    if (sum !== basket.total_minor) accuse(this.#world, 'wrong_total', `${sum} and ${basket.total_minor}`);
    const input = { basket: basket.basket, total_minor: basket.total_minor };
    const answer = await this.#do('basket.complete', input, {
      kind: 'sale',
      lines: basket.lines.map((line) => this.#asSold(line)),
    });
    if (answer?.ok === true && basket.basket !== null) this.#sold.push({ sale: basket.basket, lines: basket.lines });
  }

  async #giveBack(key: string): Promise<void> {
    const { draws } = this.#world;
    if (this.#sold.length === 0) return;
    const { lines, sale } = draws.pick(`${key}/sale`, this.#sold);
    const line = draws.pick(`${key}/line`, lines);
    const restock = draws.chance(`${key}/restock`, 0.7);
    const input = {
      of_sale: sale,
      lines: [{ line: line.line, quantity_milli: line.quantity_milli, restock }],
      tender: 'cash',
      reason: 'Damaged',
    };
    const { moves, product, quantity_milli } = this.#asSold(line);
    const back = { product, quantity_milli: -quantity_milli, moves: moves && restock };
    await this.#do('refund.give_back', input, { kind: 'refund', lines: [back] });
  }

  async #adjust(key: string): Promise<void> {
    const { draws } = this.#world;
    const chosen = this.#goods.filter((_, i) => draws.chance(`${key}/goods ${i}`, 0.5));
    if (chosen.length === 0) return;
    const lines = chosen.map(({ product }, i) => ({
      product,
      quantity_milli: draws.int(`${key}/count ${i}`, 1, 50) * 1000,
    }));
    const input = { reason: 'Delivery', lines };
    // What a correction adds is what a sale would take off.
    const moved = lines.map(({ product, quantity_milli }) => ({
      product,
      quantity_milli: -quantity_milli,
      moves: true,
    }));
    await this.#do('stock.adjust', input, { kind: 'adjustment', lines: moved });
  }

  async #close(): Promise<void> {
    const report = await this.#ask<{ readonly expected_minor: number }>('shift.report', {});
    if (report === undefined || typeof report === 'string' || report.expected_minor < 0) return;
    const counted = `${Math.floor(report.expected_minor / 100)}.${String(report.expected_minor % 100).padStart(2, '0')}`;
    await this.#do('shift.close', { counted, denominations: [], reason: null }, { kind: 'closing' });
  }

  /** A query's answer, or the code of its failure; undefined where the till ended before. */
  async #ask<Answer>(operation: string, input: unknown): Promise<Answer | Failure['code'] | undefined> {
    const result = await this.#pc.invoke(operation, input);
    if (result === undefined) return undefined;
    if (!result.ok) {
      this.#judge(operation, result.error);
      return result.error.code;
    }
    // The operation's own output.
    return result.value as Answer;
  }

  async #do(
    operation: string,
    input: unknown,
    dealt?: DealOf,
    then?: Command['then'],
  ): Promise<Result<unknown> | undefined> {
    this.#commands += 1;
    const { id, options } = this.#pc;
    const command = idOf<never>(`command ${id}/${this.#commands}`);
    const { store, till } = options.place;
    const asked_ms = this.#world.agenda.now_ms;
    const span = { from_ms: asked_ms, to_ms: asked_ms };
    const deal = dealt && this.#world.ledger.ask({ lines: [], ...dealt, command, store, till, span });
    return await this.#run({ operation, input, command, then, asked_ms, ...(deal === undefined ? {} : { deal }) });
  }

  async #run(asked: Command): Promise<Result<unknown> | undefined> {
    const { agenda, ledger, tally, trace } = this.#world;
    const span = { from_ms: asked.asked_ms, to_ms: agenda.now_ms };
    if (asked.deal !== undefined) asked.deal.span = span;
    const result = await this.#pc.invoke(asked.operation, asked.input, asked.command);
    if (result === undefined) {
      this.#unanswered = asked;
      return undefined;
    }
    const { deal } = asked;
    const code = result.ok ? 'done' : result.error.code;
    trace.note(agenda.now_ms, this.#pc.id, `${asked.operation} ${code}`);
    if (!result.ok) {
      this.#judge(asked.operation, result.error);
      if (deal !== undefined && asked.isRepeat !== true) deal.isRefused = true;
    } else asked.then?.(result.value, span);
    if (result.ok && deal !== undefined) {
      // The operation's own output, of which the receipt shows these.
      const {
        number = '',
        receipt_number = number,
        total_minor = 0,
      } = result.value as { number?: string; receipt_number?: string; total_minor?: number };
      if (deal.paper !== undefined && deal.printed === undefined) ledger.papers.push({ ...deal.paper, number });
      deal.printed = { number: receipt_number, total_minor };
      ledger.gone.delete(deal.command);
      const work = works[deal.kind];
      if (work !== undefined) tally.add(work);
    }
    return result;
  }

  #judge(operation: string, { code, data }: Failure): void {
    // A PC that took a till over knows its people when the feed has come.
    if (this.#pc.options.takesOver !== undefined && awaitsFeed.has(code)) {
      if (code === 'session.required' || code === 'session.ended') this.#pc.signIn();
      return;
    }
    if (code === 'permission.missing' && forbidden.has(operation)) return;
    if (ordinary.has(code) || (code === 'storage.full' && this.#pc.isDiskFull)) return;
    accuse(this.#world, 'refused', `${this.#pc.id}: ${operation} ${code} ${JSON.stringify(data)}`);
  }

  #asSold({ product, quantity_milli }: BasketLine): LedgerLine {
    const known = [...this.#goods, ...companyGoods].find((one) => one.product === product);
    return { product, quantity_milli, moves: known?.stocked !== false };
  }
}
