import { z } from 'zod';
import { type StoreId, uuid } from '../../ids.ts';
import { dateText } from '../../journal/envelope.ts';
import { command, query } from '../define.ts';
import { settingsTyped } from '../till/inputs.ts';
import { store as storeShape } from './shapes.ts';

export const store = {
  list: query({
    summary: 'List the stores with their settings.',
    access: 'signed_in',
    errors: [],
    input: z.strictObject({}),
    output: z.strictObject({ stores: z.array(storeShape) }),
  }),
  create: command({
    summary: 'Add a store. The first one brings the starting roles of the tills with it.',
    access: 'settings.edit',
    errors: ['zone.unknown', 'currency.unknown'],
    input: z.strictObject({ settings: settingsTyped }),
    output: storeShape,
  }),
  edit: command({
    summary: "Change a store's settings as a whole; its tills learn of it by the feed. The currency stays.",
    access: 'settings.edit',
    errors: ['record.not_found', 'record.changed', 'zone.unknown', 'currency.unknown', 'input.malformed'],
    input: z.strictObject({
      store: uuid<StoreId>(),
      /** The settings that the change was made against. */
      against: settingsTyped,
      settings: settingsTyped,
    }),
    output: storeShape,
  }),
  note_closed: command({
    summary:
      'Say that a store is closed today: nobody waits for its tills until the day is over, or one of them is heard.',
    access: 'report.view',
    /** `record.changed` where it is another business day in the store by now. */
    errors: ['record.not_found', 'record.changed'],
    input: z.strictObject({ store: uuid<StoreId>(), day: dateText }),
    output: z.strictObject({}),
  }),
};
