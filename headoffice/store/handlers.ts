import type { headOfficeContract } from '../../shared/contract/headoffice.ts';
import { startingRoles } from '../../shared/contract/permissions.ts';
import type { RoleId, StoreId } from '../../shared/ids.ts';
import type { StoreSettings } from '../../shared/journal/kinds/store-kinds.ts';
import { isCurrency } from '../../shared/money/currency.ts';
import { actorOf, type CommandContext, newId } from '../context.ts';
import { editAnswer } from '../edit-answer.ts';
import { fail } from '../failure.ts';
import type { Handlers } from '../handler.ts';
import { findStore, listStores, type Store } from './read.ts';

/** Fails for a zone or currency that a till or this database would not know. */
async function checkSettings({ db }: CommandContext, settings: StoreSettings): Promise<void> {
  if (!isCurrency(settings.currency)) fail('currency.unknown', { currency: settings.currency });
  const known = await db.first('select from pg_timezone_names where name = $1', [settings.zone]);
  if (known === undefined || !isZone(settings.zone)) fail('zone.unknown', { zone: settings.zone });
}

function isZone(zone: string): boolean {
  try {
    Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    // A RangeError: the runtime doesn't know the zone, so no till would.
    return false;
  }
}

async function shown(context: CommandContext, store: StoreId): Promise<Store> {
  return (await findStore(context.db, store)) ?? fail('record.not_found');
}

/** A cashier and a manager, when nobody has made a role yet. */
async function addStartingRoles(context: CommandContext): Promise<void> {
  if ((await context.db.first('select from roles limit 1')) !== undefined) return;
  for (const [name, permissions] of Object.entries(startingRoles)) {
    const row = { role: newId<RoleId>(context), name, permissions };
    await editAnswer(context.db, 'record_role($1, $2)', [actorOf(context).user, JSON.stringify(row)], ['recorded']);
  }
}

export const storeHandlers: Handlers<(typeof headOfficeContract)['store']> = {
  list: async ({ db }) => ({ stores: await listStores(db) }),

  create: async (context, { settings }) => {
    await checkSettings(context, settings);
    const store = newId<StoreId>(context);
    await editAnswer(
      context.db,
      'create_store($1, $2, $3)',
      [actorOf(context).user, store, JSON.stringify(settings)],
      ['created'],
    );
    await addStartingRoles(context);
    return await shown(context, store);
  },

  edit: async (context, { store, against, settings }) => {
    const { db } = context;
    await checkSettings(context, settings);
    const found = (await findStore(db, store)) ?? fail('record.not_found');
    // Amounts that are recorded would turn into another currency's.
    if (settings.currency !== found.settings.currency) fail('input.malformed', { where: 'settings.currency' });
    const values = [actorOf(context).user, store, JSON.stringify(against), JSON.stringify(settings)];
    await editAnswer(db, 'edit_settings($1, $2, $3, $4)', values, ['recorded']);
    return await shown(context, store);
  },

  note_closed: async (context, { day, store }) => {
    const values = [actorOf(context).user, store, day];
    await editAnswer(context.db, 'note_closed_day($1, $2, $3)', values, ['recorded']);
    return {};
  },
};
