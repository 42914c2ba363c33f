import { z } from 'zod';
import { storeSettings } from '../../journal/kinds/store-kinds.ts';
import { command, query } from '../define.ts';
import { settingsTyped } from './inputs.ts';
import { syncStatus } from './shapes.ts';

export const settings = {
  record: command({
    summary: "Change the store's settings.",
    access: 'settings.edit',
    errors: ['catalogue.read_only', 'zone.unknown', 'currency.unknown', 'shift.already_open'],
    input: z.strictObject({ settings: settingsTyped }),
    output: storeSettings,
  }),
};

export const sync = {
  status: query({
    summary: 'Tell what the head office has confirmed and what waits.',
    access: 'anyone',
    errors: [],
    input: z.strictObject({}),
    output: syncStatus,
  }),
  try_now: command({
    summary: 'Try to reach the head office now.',
    access: 'sync.view',
    errors: [],
    input: z.strictObject({}),
    output: z.strictObject({}),
  }),
};
