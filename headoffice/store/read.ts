import { z } from 'zod';
import type { StoreId } from '../../shared/ids.ts';
import { type StoreSettings, storeSettings } from '../../shared/journal/kinds/store-kinds.ts';
import type { ReadDb } from '../db/transact.ts';

/** More stores than this are not listed. */
const most = 2000;

export interface Store {
  readonly store: StoreId;
  readonly active: boolean;
  readonly tills: number;
  readonly settings: StoreSettings;
}

interface Row extends Omit<Store, 'settings'> {
  readonly settings: unknown;
}

// What a newer version added is left out: this one could not keep it when the settings are edited.
const readSettings = z.object(storeSettings.shape);

const select = `
  select s.store, s.active, (select count(*) from tills t where t.store_id = s.store_id) as tills, p.settings
  from stores s join store_settings p using (store_id)`;

const storeOf = ({ settings, ...row }: Row): Store => ({ ...row, settings: readSettings.parse(settings) });

/** All stores, the first one first. */
export async function listStores(db: ReadDb): Promise<Store[]> {
  const rows = await db.rows<Row>(`${select} order by s.store_id limit $1`, [most]);
  return rows.map(storeOf);
}

export async function findStore(db: ReadDb, store: StoreId): Promise<Store | undefined> {
  const row = await db.first<Row>(`${select} where s.store = $1`, [store]);
  return row === undefined ? undefined : storeOf(row);
}

/** What prices of the catalogue are in: the first store's currency. Null while there is no store. */
export async function companyCurrency(db: ReadDb): Promise<string | null> {
  const row = await db.first<{ currency: string }>(
    "select settings ->> 'currency' as currency from store_settings order by store_id limit 1",
  );
  return row?.currency ?? null;
}
