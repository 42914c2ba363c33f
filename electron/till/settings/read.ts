import { storeSettings, type StoreSettings } from '../../../shared/journal/kinds/store-kinds.ts';
import { type ReadDb, reads } from '../db/statement.ts';
import { fail } from '../failure.ts';

const row = reads()((q) => q.selectFrom('store_settings').select('settings').where('id', '=', 1));

let parsed: { readonly text: string; readonly settings: StoreSettings } | undefined;

/** The store's settings; undefined before set-up. */
export function findSettings(db: ReadDb): StoreSettings | undefined {
  const text = row.get(db, {})?.settings;
  if (text === undefined) return undefined;
  // The same text means the same settings: it is parsed once, not at every scan.
  if (parsed?.text !== text) parsed = { text, settings: storeSettings.parse(JSON.parse(text)) };
  return parsed.settings;
}

/** The store's settings; fails with `setup.not_done` before set-up. */
export function settingsOf(db: ReadDb): StoreSettings {
  return findSettings(db) ?? fail('setup.not_done');
}
