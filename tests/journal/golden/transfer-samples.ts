/** Of the samples: goods between stores, and what came after them. They stand at the end of the chain. */
import { fixedId as id } from '../make.ts';
import type { Sample } from './sample.ts';

const open = { business_date: '2026-11-21', currency: 'GBP', actor: id<never>(5, 1), offset: 0 } as const;

export const transferSamples: readonly Sample[] = [
  [
    'goods for another store',
    'stock.sent',
    {
      transfer: id<never>(17, 1),
      number: 'HS2-A-T12',
      to_store: id<never>(2, 2),
      lines: [
        { product: id<never>(10, 1), sku: '22423A', name: 'Regency cakestand 3 tier', unit: 'piece', quantity_milli: 3000 },
      ],
    },
    { ...open, epoch: 3, installation: id<never>(1, 2) },
  ],
  [
    'goods from another store',
    'stock.received',
    {
      receipt: id<never>(14, 4),
      number: 'HS9-X7Q-T1',
      lines: [
        { product: id<never>(10, 1), sku: '22423A', name: 'Regency cakestand 3 tier', unit: 'piece', quantity_milli: 0 },
      ],
    },
    { ...open, epoch: 3, installation: id<never>(1, 2) },
  ],
  [
    'goods that never left',
    'stock.transfer_cancelled',
    {
      transfer: id<never>(17, 1),
      number: 'HS2-A-T12',
      lines: [{ product: id<never>(10, 2), sku: 'CHEDDAR', name: 'Cheddar', unit: 'kg', quantity_milli: 1255 }],
    },
    { ...open, epoch: 3, installation: id<never>(1, 2) },
  ],
  [
    'a part of the goods from another store',
    'stock.received',
    {
      receipt: id<never>(14, 5),
      number: 'HS9-X7Q-T2',
      lines: [{ product: id<never>(10, 2), sku: 'CHEDDAR', name: 'Cheddar', unit: 'kg', quantity_milli: 1255 }],
      awaits_more: true,
    },
    { ...open, epoch: 3, installation: id<never>(1, 2) },
  ],
  [
    'a receipt of goods that was wrong',
    'stock.receipt_corrected',
    {
      correction: id<never>(14, 6),
      number: 'HS9-X7Q-T2',
      reason: 'Typed twice',
      lines: [{ product: id<never>(10, 2), sku: 'CHEDDAR', name: 'Cheddar', unit: 'kg', quantity_milli: -255 }],
      awaits_more: false,
    },
    { ...open, epoch: 3, installation: id<never>(1, 2) },
  ],
  [
    'goods that never left and were counted since',
    'stock.transfer_cancelled',
    {
      transfer: id<never>(17, 2),
      number: 'HS2-A-T13',
      lines: [
        {
          product: id<never>(10, 2),
          sku: 'CHEDDAR',
          name: 'Cheddar',
          unit: 'kg',
          quantity_milli: 1255,
          counted_since: true,
        },
      ],
    },
    { ...open, epoch: 3, installation: id<never>(1, 2) },
  ],
  [
    'a stock take at a till that had heard of no other',
    'stock.counted',
    {
      count: id<never>(16, 2),
      scope: 'store',
      category: null,
      tills: [],
      lines: [
        {
          product: id<never>(10, 2),
          sku: 'CHEDDAR',
          name: 'Cheddar',
          unit: 'kg',
          counted_milli: 1000,
          known_milli: 1255,
          price_minor: null,
          counted_at: '2026-11-21T09:31:00.000Z',
          own_seq: 22,
          seen: [],
        },
      ],
      feed: '90a34b5e0c1d4f22',
    },
    { ...open, epoch: 3, installation: id<never>(1, 2) },
  ],
];
