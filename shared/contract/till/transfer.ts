import { z } from 'zod';
import { type ProductId, type StoreId, uuid } from '../../ids.ts';
import { instantText } from '../../journal/envelope.ts';
import { unit } from '../../journal/kinds/fields.ts';
import { transferStates } from '../../stock/transfer.ts';
import { command, query } from '../define.ts';
import { countedCodes, quantityCodes } from '../errors.ts';
import { quantity, reason } from './inputs.ts';
import { milli } from './shapes.ts';

/** As it stands on the paper, `HS2-A-T12`; whoever types it need not care for capitals or spaces. */
const number = z.string().min(1).max(40);

const state = z.enum(transferStates);
const lines = z
  .array(z.strictObject({ product: uuid<ProductId>(), quantity_milli: quantity }))
  .min(1)
  .max(1000);

/** With which goods are refused whose quantities may be none. */
const goodsRefused = ['record.not_found', 'product.not_stocked', ...countedCodes] as const;

const row = {
  number: z.string(),
  state,
  /** The other store's name; null where this till doesn't know it. */
  store_name: z.string().nullable(),
  /** When it was sent; of one that nobody has announced, when it was received. */
  at: instantText,
  products: z.int(),
  /** Whether what came is not what was sent; what is awaited still is missing nowhere. False where nobody has announced it. */
  differs: z.boolean(),
};

export const transfer = {
  list: query({
    summary:
      'List transfers from and to this store as far as this till knows, first those that are open, the latest first, and where goods can be sent.',
    access: 'stock.view',
    errors: [],
    input: z.strictObject({}),
    output: z.strictObject({
      incoming: z.array(z.strictObject(row)),
      outgoing: z.array(z.strictObject({ ...row, can_cancel: z.boolean() })),
      /** The company's other stores; none where the till stands alone. */
      stores: z.array(z.strictObject({ store: uuid<StoreId>(), name: z.string() })),
    }),
  }),
  show: query({
    summary: 'Show what a transfer holds: what was sent, as far as this till knows, and what was received.',
    access: 'stock.view',
    errors: ['record.not_found', 'transfer.number_malformed', 'transfer.own_number'],
    input: z.strictObject({ number }),
    output: z.strictObject({
      ...row,
      is_incoming: z.boolean(),
      /** Whether this till has written down a receipt of it, which it can correct. */
      can_correct: z.boolean(),
      lines: z.array(
        z.strictObject({
          product: uuid<ProductId>(),
          sku: z.string(),
          name: z.string(),
          unit,
          sent_milli: milli,
          /** How much was to come in all: what was sent; nothing of what was cancelled. */
          due_milli: milli,
          /** Null while nobody has said what arrived. */
          received_milli: milli.nullable(),
          /** How much of that this till itself has written down. */
          own_milli: milli,
        }),
      ),
    }),
  }),
  send: command({
    summary:
      'Send goods to another store: they leave the stock here and are on the way. Answers the number for the paper.',
    access: 'stock.transfer',
    errors: ['transfer.no_other_store', 'record.not_found', 'product.not_stocked', ...quantityCodes],
    input: z.strictObject({ to_store: uuid<StoreId>(), lines }),
    output: z.strictObject({ number: z.string() }),
  }),
  receive: command({
    summary:
      'Receive goods of a transfer: what was counted now, added to what came before; also where this till has not heard of it.',
    access: 'stock.transfer',
    errors: [
      'transfer.number_malformed',
      'transfer.already_received',
      'transfer.sent_here',
      'transfer.own_number',
      ...goodsRefused,
    ],
    input: z.strictObject({
      number,
      lines,
      /** Whether more of it is expected. It ends by itself when all has come that was sent. */
      awaits_more: z.boolean().default(false),
    }),
    output: z.strictObject({ number: z.string() }),
  }),
  correct: command({
    summary: 'Correct what this till wrote down of the goods of a transfer: how much it really received in all.',
    access: 'stock.transfer',
    errors: ['transfer.number_malformed', 'transfer.nothing_to_correct', ...goodsRefused],
    input: z.strictObject({
      number,
      reason,
      /** What is not named stays as it is. */
      lines,
      awaits_more: z.boolean().default(false),
    }),
    output: z.strictObject({}),
  }),
  cancel: command({
    summary: 'Cancel a transfer that this till sent and that never left: the goods are in the stock again.',
    access: 'stock.transfer',
    errors: ['record.not_found', 'transfer.number_malformed', 'transfer.not_to_cancel'],
    input: z.strictObject({ number }),
    output: z.strictObject({}),
  }),
};
