import { storeSettings, type StoreSettings } from '../../../shared/journal/kinds/store-kinds.ts';
import { type ReadDb, reads, type WriteDb, writes } from '../db/statement.ts';
import { fail } from '../failure.ts';

const row = reads()((q) => q.selectFrom('store_settings').select('settings').where('id', '=', 1));
const put = writes<{ settings: string }>()((q, p) =>
  q.replaceInto('store_settings').values({ id: 1, settings: p.settings }),
);

/** What was parsed last on each connection: the same text means the same settings, so it is not parsed at every scan. */
const parsed = new WeakMap<ReadDb['connection'], { readonly text: string; readonly settings: StoreSettings }>();

/** The store's settings; undefined before set-up. */
export function findSettings(db: ReadDb): StoreSettings | undefined {
  const text = row.get(db, {})?.settings;
  if (text === undefined) return undefined;
  const last = parsed.get(db.connection);
  if (last?.text === text) return last.settings;
  const settings = storeSettings.strip().parse(JSON.parse(text));
  parsed.set(db.connection, { text, settings });
  return settings;
}

/** The store's settings; fails with `setup.not_done` before set-up. */
export function settingsOf(db: ReadDb): StoreSettings {
  return findSettings(db) ?? fail('setup.not_done');
}

/** Writes the settings whole, as they are from now on. */
export function putSettings(db: WriteDb, settings: StoreSettings): void {
  put.run(db, { settings: JSON.stringify(settings) });
}
