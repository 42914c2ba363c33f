/**
 * "Harbour Street", the shop to try Evertill with: a corner shop of the English coast with a bakery, a deli counter and a
 * gift shelf. Every product, person and number is of our own making; prices include VAT.
 */
import { britishStore } from './british-store.ts';
import type { StaffId, TaxId } from '../ids.ts';
import type { StoreSettings } from '../journal/kinds/store-kinds.ts';
import { counterShelves } from './counter.ts';
import { freshShelves } from './fresh.ts';
import { type DemoCategory, demoId, type DemoProduct, type Shelf, stockShelf } from './goods.ts';
import { houseShelves } from './house.ts';

export interface DemoTax {
  readonly tax: TaxId;
  readonly code: 'A' | 'R' | 'Z';
  readonly name: string;
  readonly rate_millionths: number;
  readonly active: boolean;
}

export interface DemoStaff {
  readonly staff: StaffId;
  readonly name: string;
  readonly login: string;
  readonly pin: string;
  readonly password: string;
  /** Which of the starting roles. */
  readonly role: 'cashier' | 'manager';
}

export interface DemoShop {
  readonly settings: StoreSettings;
  readonly taxes: readonly DemoTax[];
  readonly categories: readonly DemoCategory[];
  readonly products: readonly DemoProduct[];
  readonly staff: readonly DemoStaff[];
}

const taxes = {
  A: demoId<TaxId>('tax', 1),
  R: demoId<TaxId>('tax', 2),
  Z: demoId<TaxId>('tax', 3),
};

const shelves: readonly Shelf[] = [...freshShelves, ...counterShelves, ...houseShelves];

export const harbourStreet: DemoShop = {
  settings: britishStore({
    name: 'Harbour Street',
    address: ['12 Harbour Street', 'Whitcombe'],
    // Its check digits are wrong on purpose: it can be nobody's number.
    tax_number: 'GB 123 4567 89',
    tax_rounding: 'document',
    receipt_footer: 'Thank you, and mind the gulls.',
  }),
  taxes: [
    { tax: taxes.A, code: 'A', name: 'VAT 20 %', rate_millionths: 200_000, active: true },
    { tax: taxes.R, code: 'R', name: 'VAT 5 %', rate_millionths: 50_000, active: true },
    { tax: taxes.Z, code: 'Z', name: 'VAT 0 %', rate_millionths: 0, active: true },
  ],
  categories: shelves.map(({ category }) => category),
  products: shelves.flatMap((shelf) => stockShelf(shelf, taxes)),
  staff: [
    {
      staff: demoId('staff', 1),
      name: 'Jonas M.',
      login: 'jonas',
      pin: '2580',
      password: 'quay-side-jonas',
      role: 'cashier',
    },
    {
      staff: demoId('staff', 2),
      name: 'Elena Lindqvist',
      login: 'elena',
      pin: '7913',
      password: 'quay-side-elena',
      role: 'manager',
    },
  ],
};
