import { z } from 'zod';
import { storeSettings } from '../../journal/kinds/store-kinds.ts';
import { command, query } from '../define.ts';
import { settingsTyped } from './inputs.ts';
import { syncDetails, syncStatus } from './shapes.ts';

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
  details: query({
    summary:
      'Tell whom the till talks to, what waits, what the head office put aside, and which closings differ there.',
    access: 'signed_in',
    errors: [],
    input: z.strictObject({}),
    output: syncDetails,
  }),
  try_now: command({
    summary: 'Try to reach the head office now. Pressed again while it tries, it changes nothing.',
    access: 'signed_in',
    errors: [],
    input: z.strictObject({}),
    output: z.strictObject({}),
  }),
};
