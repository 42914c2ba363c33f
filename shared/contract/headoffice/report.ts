import { z } from 'zod';
import { type ProductId, type StoreId, type TillId, uuid } from '../../ids.ts';
import { dateText, instantText } from '../../journal/envelope.ts';
import { query } from '../define.ts';
import { milli, minor } from '../till/shapes.ts';
import { currency, figures, storeName, taxFigures, tenderFigures, tillName } from './shapes.ts';

const store = uuid<StoreId>().nullable().default(null);

export const report = {
  totals: query({
    summary: 'Add up what tills have sent: in all, by store, till, day, tender and tax. Confirmed money only.',
    access: 'report.view',
    errors: ['input.malformed'],
    input: z.strictObject({
      /** Business days, both included; null for no bound. */
      from: dateText.nullable().default(null),
      to: dateText.nullable().default(null),
      store,
      till: uuid<TillId>().nullable().default(null),
    }),
    output: z.strictObject({
      /** One row a currency: sums never cross currencies. */
      totals: z.array(z.strictObject(figures)),
      stores: z.array(z.strictObject({ ...storeName, ...figures })),
      tills: z.array(z.strictObject({ ...storeName, ...tillName, ...figures })),
      /** The newest 1,000 days that have any, the newest first. */
      days: z.array(z.strictObject({ business_date: dateText, ...figures })),
      tenders: z.array(tenderFigures),
      taxes: z.array(taxFigures),
    }),
  }),
  today: query({
    summary: 'Show a business day: confirmed takings beside what is not here yet, and the same day a week before.',
    access: 'report.view',
    errors: [],
    input: z.strictObject({
      /** The current day of the stores when left out. */
      day: dateText.nullable().default(null),
      store,
    }),
    output: z.strictObject({
      day: dateText,
      is_today: z.boolean(),
      now: instantText,
      /** The last day that has any sales; null before the first. */
      latest_day: dateText.nullable(),
      before_day: dateText,
      totals: z.array(
        z.strictObject({
          ...figures,
          /** Of a sale; null without one. */
          average_minor: minor.nullable(),
          /** A week before, up to the same time of the day where that day is today's. */
          before: z.strictObject({ count: z.int(), total_minor: minor, average_minor: minor.nullable() }).nullable(),
        }),
      ),
      /** By the hour of the till's own clock, those with sales only. */
      hours: z.array(
        z.strictObject({ hour: z.int().min(0).max(23), currency, total_minor: minor, before_minor: minor }),
      ),
      stores: z.array(
        z.strictObject({ ...storeName, ...figures, average_minor: minor.nullable(), before_minor: minor.nullable() }),
      ),
      tills: z.array(z.strictObject({ ...storeName, ...tillName, ...figures })),
      tenders: z.array(tenderFigures),
      /** The ten that sold most, by money. */
      products: z.array(
        z.strictObject({
          product: uuid<ProductId>(),
          sku: z.string(),
          name: z.string(),
          unit: z.string(),
          quantity_milli: milli,
          currency,
          total_minor: minor,
        }),
      ),
      /** What tills have told of and not sent. */
      waiting: z.strictObject({
        entries: z.int(),
        tills: z.int(),
        /** How long the longest unheard of them has been so; null where none waits. */
        oldest_unseen_ms: z.int().nullable(),
      }),
    }),
  }),
};
