/** Whoever keeps a shop that is its own: they change its taxes, its people and its settings, and one day join a head office. */
import type { Asking } from './manager.ts';
import type { Pc } from './pc.ts';
import { idOf, type OwnShop, settings } from './shop.ts';
import { makeCode, type World } from './world.ts';

interface Person {
  readonly staff: string;
  readonly version: number;
  readonly active: boolean;
  readonly has_pin: boolean;
}

export class Shopkeeper {
  readonly #world: World;
  readonly #pc: Pc;
  readonly #shop: OwnShop;
  readonly #asking: Asking;
  /** Leads receipt numbers once it has joined, where the head office has another till of the old one. */
  #otherCode: string | null = null;
  #isJoining = false;

  constructor(world: World, pc: Pc, shop: OwnShop, asking: Asking) {
    this.#world = world;
    this.#pc = pc;
    this.#shop = shop;
    this.#asking = asking;
  }

  /** Whether it is for them to say what is sold, by whom. */
  isOwn(): boolean {
    return this.#pc.engine === undefined && this.#pc.authority === 'standalone';
  }

  async act(key: string): Promise<void> {
    const { draws } = this.#world;
    const what = draws.at(`${key}/tends`);
    if (what < 0.3) await this.#recordTax(key);
    else if (what < 0.5) await this.#recordCategory(key);
    else if (what < 0.6) await this.#recordRole(key);
    else if (what < 0.75) await this.#hire(key);
    else if (what < 0.95) await this.#changePerson(key);
    else await this.#recordSettings(key);
  }

  async #recordTax(key: string): Promise<void> {
    const { draws } = this.#world;
    const isOther = draws.chance(`${key}/other`, 0.4);
    const tax = isOther ? idOf<never>(`shop ${this.#shop.index} tax 2`) : this.#shop.tax;
    const rate_millionths = draws.int(`${key}/rate`, 1, 25) * 10_000;
    const active = isOther ? draws.chance(`${key}/active`, 0.7) : true;
    const fields = { code: isOther ? 'B' : 'A', name: `Tax ${rate_millionths}`, rate_millionths, active };
    await this.#record('catalogue.record_tax', 'tax', tax, fields);
  }

  async #recordCategory(key: string): Promise<void> {
    const { draws } = this.#world;
    const category = idOf<never>(`shop ${this.#shop.index} category ${draws.int(`${key}/which`, 1, 3)}`);
    const position = draws.int(`${key}/position`, 0, 9);
    const active = draws.chance(`${key}/active`, 0.8);
    await this.#record('catalogue.record_category', 'category', category, {
      name: `Shelf ${position}`,
      tint: 'drinks',
      position,
      active,
    });
  }

  async #recordRole(key: string): Promise<void> {
    const { draws } = this.#world;
    const permissions = draws.chance(`${key}/more`, 0.5) ? ['sale.create', 'sale.view'] : ['sale.create'];
    const name = `weekend ${draws.int(`${key}/name`, 1, 9)}`;
    await this.#record('staff.record_role', 'role', this.#shop.role, { name, permissions });
  }

  async #record(
    operation: string,
    kind: 'tax' | 'category' | 'role',
    id: string,
    fields: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    const wish = { pc: this.#pc.id, product: id, fields };
    await this.#asking.do(operation, { [kind]: id, ...fields }, { kind, wish });
  }

  async #hire(key: string): Promise<void> {
    const { draws } = this.#world;
    const login = draws.pick(`${key}/login`, ['jo', 'sam', 'kim']);
    const roles = draws.chance(`${key}/bare`, 0.3) ? [] : [this.#shop.role];
    const typed = { name: `Called ${login}`, login, roles };
    const wish = { pc: this.#pc.id, product: undefined, fields: { ...typed, active: true } };
    await this.#asking.do('staff.create', { ...typed, pin: null, password: null }, { kind: 'person', wish });
  }

  /** Not the one who is signed in. */
  async #changePerson(key: string): Promise<void> {
    const { draws } = this.#world;
    const listed = await this.#asking.ask<{ readonly staff: readonly Person[] }>('staff.list', {});
    if (listed === undefined || typeof listed === 'string') return;
    const others = listed.staff.filter(({ has_pin }) => !has_pin);
    const [first] = others;
    if (first === undefined) return;
    const { active, staff, version } = draws.pick(`${key}/who`, others);
    const fields = draws.chance(`${key}/leaves`, 0.4)
      ? { active: !active }
      : { name: `Renamed ${draws.int(`${key}/name`, 1, 99)}` };
    const wish = { pc: this.#pc.id, product: staff, fields };
    await this.#asking.do('staff.edit', { staff, against: version, changes: fields }, { kind: 'person', wish });
  }

  async #recordSettings(key: string): Promise<void> {
    const { draws } = this.#world;
    const receipt_footer = `Thank you ${draws.int(`${key}/footer`, 1, 99)}`;
    const typed = { ...settings, address: [], name: `Shop ${this.#shop.index}`, receipt_footer };
    await this.#asking.do('settings.record', { settings: typed });
  }

  /** Asks the head office to let the shop in, beside whatever else is done at the till. */
  join(): void {
    if (this.#isJoining || !this.#pc.isOn || this.#world.ledger.alone.has(this.#pc.id)) return;
    if (this.#pc.authority !== 'standalone') return;
    this.#isJoining = true;
    void this.#ask().finally(() => {
      this.#isJoining = false;
    });
  }

  async #ask(): Promise<void> {
    const { ledger, tally } = this.#world;
    const { till } = this.#pc.options.place;
    const code = ledger.codes.get(till)?.code ?? this.#anotherCode();
    const result = await this.#asking.do('setup.join_with_history', { code, till_code: this.#otherCode ?? undefined });
    if (result === undefined || result.ok) return;
    // Of no use any more: the head office forgot it, or another PC has used it.
    if (result.error.code === 'enrolment.code_refused') this.#anotherCode();
    if (result.error.code === 'enrolment.shop_known') ledger.alone.add(this.#pc.id);
    if (result.error.code === 'enrolment.till_code_taken') {
      this.#otherCode = `NEW${this.#shop.index}`;
      tally.add('shop_took_other_code');
    }
  }

  #anotherCode(): string {
    const { ledger } = this.#world;
    const { till } = this.#pc.options.place;
    const count = (ledger.codes.get(till)?.count ?? 0) + 1;
    const code = `shop ${this.#shop.index} code ${count}`;
    ledger.codes.set(till, { code, count });
    makeCode(this.#world, code);
    return code;
  }
}

/** What a till may say no with when a shop asks to be let in. */
export const enrolmentRefusals = [
  'enrolment.code_refused',
  'enrolment.unreachable',
  'enrolment.shop_known',
  'enrolment.till_code_taken',
  'enrolment.already_joined',
] as const;
