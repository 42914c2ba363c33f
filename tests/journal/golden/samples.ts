/** One entry of each kind, in one chain: what the golden vectors are made of. A sample is never changed, only added. */
import type { Body } from '../../../shared/journal/kinds.ts';
import type { Entry } from '../../../shared/journal/chain.ts';
import { toHex } from '../../../shared/ids.ts';
import { adoptedBody, envelope, fixedId as id, firstBody, link, openedAfter } from '../make.ts';
import type { Sample } from './sample.ts';
import { transferSamples } from './transfer-samples.ts';

const open = { business_date: '2026-11-21', currency: 'GBP', actor: id<never>(5, 1), offset: 0 } as const;
const tax = { tax: id<never>(8, 1), code: 'A', rate_millionths: 200_000, base_minor: 658, amount_minor: 132 };
const line = {
  line: id<never>(11, 1),
  product: id<never>(10, 1),
  sku: '22423A',
  name: 'Regency cakestand 3 tier — “groß”, ₹ and ع',
  unit: 'piece',
  category: id<never>(9, 1),
  quantity_milli: 2000,
  list_price_minor: 395,
  unit_price_minor: 395,
  price_source: 'list',
  gross_minor: 790,
  basket_discount_minor: 0,
  total_minor: 790,
  net_minor: 658,
  stocked: true,
  discounts: [],
  taxes: [tax],
} as const;
const tender = { tender: id<never>(12, 1), kind: 'cash', foreign_currency: null, foreign_minor: null, foreign_rate_millionths: null } as const;
const totals = { gross_minor: 790, discount_minor: 0, net_minor: 658, tax_minor: 132, total_minor: 790, rounding_minor: 0 };

export const samples: readonly Sample[] = [
  ['the first entry', 'epoch.opened', firstBody],
  ['a till of its own', 'till.opened', { code: 'HS2', name: 'Till 2', authority: 'standalone', demo: false }],
  [
    'settings',
    'settings.recorded',
    {
      name: 'Harbour Street',
      address: ['12 Harbour Street', 'Whitcombe'],
      tax_number: 'GB 123 4567 89',
      currency: 'GBP',
      zone: 'Europe/London',
      locale: 'en-GB',
      prices_include_tax: true,
      tax_rounding: 'document',
      cash_rounding: { step_minor: 5, mode: 'half_up' },
      receipt_footer: 'Thank you',
    },
  ],
  ['a role', 'role.recorded', { role: id<never>(6, 1), name: 'manager', permissions: ['sale.create'] }],
  [
    'somebody',
    'staff.created',
    { staff: id<never>(5, 1), private: 'a'.repeat(64), roles: [id<never>(6, 1)], active: true },
    { private: ['a'.repeat(64)] },
  ],
  ['somebody changed', 'staff.edited', { staff: id<never>(5, 1), against: 1, changes: { active: true } }, open],
  ['a PIN', 'staff.credential_set', { staff: id<never>(5, 1), credential: 'pin' }, open],
  ['a lockout', 'staff.locked_out', { staff: id<never>(5, 1), failed_attempts: 5, until: '2026-11-21T09:31:00.000Z' }],
  ['a tax', 'tax.recorded', { tax: id<never>(8, 1), code: 'A', name: 'VAT', rate_millionths: 200_000, active: true }, open],
  ['a category', 'category.recorded', { category: id<never>(9, 1), name: 'Home', tint: 'home', position: 0, active: true }, open],
  [
    'a product',
    'product.created',
    {
      product: id<never>(10, 1),
      sku: '22423A',
      name: 'Regency cakestand 3 tier',
      unit: 'piece',
      price_minor: null,
      category: id<never>(9, 1),
      taxes: [id<never>(8, 1)],
      barcodes: ['5012345678900'],
      stocked: true,
      active: true,
    },
    open,
  ],
  ['a product changed', 'product.edited', { product: id<never>(10, 1), against: 1, changes: { price_minor: 395 } }, open],
  ['a shift', 'shift.opened', { shift: id<never>(13, 1), number: 1, float_minor: 10_000, date_confirmed: false }, open],
  [
    'a pay-out',
    'cash.moved',
    { movement: id<never>(14, 1), shift: id<never>(13, 1), direction: 'out', amount_minor: 500, reason: 'Milk' },
    open,
  ],
  [
    'a sale',
    'sale.completed',
    {
      sale: id<never>(15, 1),
      shift: id<never>(13, 1),
      receipt: { till: 'HS2', series: 'A', number: 1 },
      prices_include_tax: true,
      tax_rounding: 'document',
      lines: [
        {
          ...line,
          price_source: 'override',
          price_reason: 'Chipped',
          discounts: [{ kind: 'percent', rate_millionths: 100_000, reason: 'Staff', given_minor: 0 }],
          taxes: [tax],
        },
      ],
      basket_discounts: [{ kind: 'amount', amount_minor: 1, reason: 'Round', given_minor: 0 }],
      taxes: [tax],
      tenders: [{ ...tender, amount_minor: 790, handed_minor: 1000 }],
      ...totals,
      change_minor: 210,
    },
    open,
  ],
  [
    'a refund',
    'refund.completed',
    {
      refund: id<never>(15, 2),
      of_sale: id<never>(15, 1),
      shift: id<never>(13, 1),
      receipt: { till: 'HS2', series: 'A', number: 2 },
      reason: 'Broken',
      prices_include_tax: true,
      tax_rounding: 'document',
      lines: [
        {
          ...line,
          of_line: id<never>(11, 1),
          restock: false,
          quantity_milli: -1000,
          gross_minor: -395,
          total_minor: -395,
          net_minor: -329,
          discounts: [],
          taxes: [{ ...tax, base_minor: -329, amount_minor: -66 }],
        },
      ],
      taxes: [{ ...tax, base_minor: -329, amount_minor: -66 }],
      tenders: [{ ...tender, amount_minor: -395, handed_minor: -395 }],
      gross_minor: -395,
      discount_minor: 0,
      net_minor: -329,
      tax_minor: -66,
      total_minor: -395,
      rounding_minor: 0,
      change_minor: 0,
    },
    { ...open, approver: id<never>(5, 2) },
  ],
  [
    'a void',
    'basket.voided',
    {
      basket: id<never>(15, 3),
      shift: id<never>(13, 1),
      total_minor: 395,
      lines: [{ product: id<never>(10, 1), sku: '22423A', name: 'Regency cakestand 3 tier', quantity_milli: 1000, total_minor: 395 }],
    },
    open,
  ],
  [
    'a correction of stock',
    'stock.adjusted',
    { adjustment: id<never>(14, 2), reason: 'Damp', lines: [{ product: id<never>(10, 1), sku: '22423A', quantity_milli: -2000 }] },
    open,
  ],
  [
    'a Z',
    'shift.closed',
    {
      shift: id<never>(13, 1),
      number: 1,
      counted_minor: 9900,
      expected_minor: 9895,
      difference_minor: 5,
      reason: 'Found under the drawer',
      denominations: [{ value_minor: 500, count: 3 }],
      sales: { count: 1, total_minor: 790, tax_minor: 132 },
      refunds: { count: 1, total_minor: -395, tax_minor: -66 },
      tenders: [{ kind: 'cash', count: 2, amount_minor: 395 }],
      float_minor: 10_000,
      paid_in_minor: 0,
      paid_out_minor: 500,
    },
    open,
  ],
  ['something erased', 'erased', { subject: id<never>(5, 1), payloads: ['a'.repeat(64)], reason: 'asked' }, open],
  [
    'every kind of letter',
    'category.recorded',
    {
      category: id<never>(9, 2),
      name: '"\\/\b\t\n\f\r\u0001\u001f\u007f\u0085 e\u0301 é ﬁ \u200f\u202e \u2028\u2029 \ufeff \uffff \ufdd0 👩🏽‍🌾 \u{10ffff}',
      tint: 'gifts',
      position: 10_000,
      active: false,
    },
    { ...open, offset: -210, at: '2999-12-31T23:59:59.999Z' },
  ],
  [
    'the largest numbers, as the second of its command',
    'cash.moved',
    {
      movement: id<never>(14, 3),
      shift: id<never>(13, 1),
      direction: 'in',
      amount_minor: 9_999_999_999_999,
      reason: '—',
    },
    { ...open, offset: 1080, at: '1900-01-01T00:00:00.000Z', n: 2_147_483_647 },
  ],
  [
    'an epoch that settles a fork',
    'epoch.opened',
    (chain) => {
      const fork = forkOf(chain);
      const place = (seq: number, entry: Entry | undefined) => ({ seq, hash: toHex(entry?.hash ?? new Uint8Array()) });
      const base = place(forkBase, chain[forkBase - 1]);
      return openedAfter(chain, 1, {
        reason: 'fork_settled',
        fork: { base, head: place(forkBase + fork.length, fork.at(-1)) },
      }) as Body<'epoch.opened'>;
    },
    { ...open, epoch: 2 },
  ],
  ['the first entry of the fork', 'adopted', (chain) => adoptedOf(chain, 0), { ...open, epoch: 2 }],
  [
    'the last entry of the fork, with private payloads',
    'adopted',
    (chain) => adoptedOf(chain, 1),
    { ...open, epoch: 2, private: ['d'.repeat(64), 'e'.repeat(64)] },
  ],
  [
    'another installation',
    'epoch.opened',
    (chain) => openedAfter(chain, 2, { reason: 'replaced', series: 'X7Q' }) as Body<'epoch.opened'>,
    { epoch: 3, installation: id<never>(1, 2) },
  ],
  [
    'a product that a joined till proposes',
    'product.proposed',
    {
      product: id<never>(10, 2),
      sku: 'CAKE-1',
      name: 'Lemon drizzle “small”',
      unit: 'piece',
      price_minor: 325,
      category: id<never>(9, 1),
      taxes: [id<never>(8, 1)],
      barcodes: ['4006381333931'],
      stocked: true,
      active: true,
    },
    { ...open, epoch: 3, installation: id<never>(1, 2) },
  ],
  [
    'an edit that a joined till proposes',
    'product.edit_proposed',
    {
      product: id<never>(10, 1),
      against: 5,
      changes: { price_minor: null, barcodes: ['96385074'] },
      was: { price_minor: 395, barcodes: [] },
    },
    { ...open, epoch: 3, installation: id<never>(1, 2) },
  ],
  [
    'the shop joins a head office',
    'till.joined',
    { code: 'HS3', name: 'Till 2' },
    { epoch: 3, installation: id<never>(1, 2) },
  ],
  [
    'a stock take',
    'stock.counted',
    {
      count: id<never>(16, 1),
      scope: 'category',
      category: id<never>(9, 1),
      tills: [id<never>(3, 2), id<never>(3, 3)],
      lines: [
        {
          product: id<never>(10, 1),
          sku: '22423A',
          name: 'Regency cakestand 3 tier',
          unit: 'piece',
          counted_milli: 0,
          known_milli: -2000,
          price_minor: 395,
          counted_at: '2026-11-21T09:29:00.000Z',
          own_seq: 20,
          seen: [412, 0],
        },
        {
          product: id<never>(10, 2),
          sku: 'CHEDDAR',
          name: 'Cheddar — “alt”',
          unit: 'kg',
          counted_milli: 1255,
          known_milli: 1255,
          price_minor: null,
          counted_at: '2026-11-21T09:30:00.000Z',
          own_seq: 21,
          seen: [413, 7],
        },
      ],
    },
    { ...open, epoch: 3, installation: id<never>(1, 2) },
  ],
  ...transferSamples,
];

/** The last entry that the chain of the samples and its fork share. */
const forkBase = 12;

function forkOf(chain: readonly Entry[]): Entry[] {
  const staff = { staff: id<never>(5, 1), private: 'd'.repeat(64), roles: [], active: true };
  return link(
    [
      envelope(forkBase + 1, {
        kind: 'shift.opened',
        command: id<never>(4, 1001),
        body: { shift: id<never>(13, 2), number: 1, float_minor: 5000, date_confirmed: true },
        ...open,
      }),
      envelope(forkBase + 2, {
        kind: 'staff.created',
        command: id<never>(4, 1002),
        body: staff,
        private: ['d'.repeat(64), 'e'.repeat(64)],
        ...open,
      }),
    ],
    chain[forkBase - 1]?.hash,
  );
}

function adoptedOf(chain: readonly Entry[], i: number): Body<'adopted'> {
  const fork = forkOf(chain);
  const entry = fork[i];
  const previous = i === 0 ? chain[forkBase - 1] : fork[i - 1];
  if (entry === undefined || previous === undefined) throw new Error('the fork is shorter');
  return adoptedBody(entry, previous.hash);
}
