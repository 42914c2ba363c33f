/** A head office with one store on real PostgreSQL, and tills that join it as a real one does. */
import { britishStore } from '../../shared/demo/british-store.ts';
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { centralMigrations } from '../../migrations/central/list.ts';
import {
  type CentralRoles,
  migrateCentral,
  setGatewayPasswords,
  setHeadOfficePassword,
} from '../../migrations/central/migrate.ts';
import type { InstallationId, StoreId } from '../../shared/ids.ts';
import { type CentralAddress, centralAt } from '../../sync/central.ts';
import type { CentralPort } from '../../sync/central-port.ts';
import { enrol } from '../../sync/enrol.ts';
import { scramVerifier } from '../../sync/scram.ts';
import { Ids, TestTill } from './test-till.ts';

export interface DatabaseAddress {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

export const testSettings = britishStore({
  name: 'Harbour Street',
  address: ['1 Harbour Street', 'Falmouth'],
});

const headOfficePassword = 'head office of the tests';
/** What PgBouncer would log in with. */
export const gatewayPasswords = { gateway: 'gateway-of-the-tests', bouncer: 'bouncer-of-the-tests' };

export interface JoinedTill {
  readonly till: TestTill;
  readonly address: CentralAddress;
  readonly central: CentralPort;
}

export class CentralShop {
  readonly at: DatabaseAddress;
  readonly roles: CentralRoles;
  readonly ids: Ids;
  readonly store: StoreId;
  /** Superuser: sees and may do everything. */
  admin: pg.Client;
  #joined = 0;

  private constructor(at: DatabaseAddress, roles: CentralRoles, admin: pg.Client) {
    this.at = at;
    this.roles = roles;
    this.admin = admin;
    this.ids = new Ids(0xc000);
    this.store = this.ids.next();
  }

  /** Brings an empty database to the newest schema, or to that of `migrations`, and adds a store. */
  static async open(at: DatabaseAddress, migrations = centralMigrations): Promise<CentralShop> {
    const admin = new pg.Client(at);
    // A test that stops PostgreSQL cuts this connection too.
    admin.on('error', () => undefined);
    await admin.connect();
    const { roles } = await migrateCentral(admin, { name: 'Test company' }, migrations);
    await setHeadOfficePassword(admin, roles, headOfficePassword);
    await setGatewayPasswords(admin, roles, {
      gateway: scramVerifier(gatewayPasswords.gateway, randomBytes(16)),
      bouncer: scramVerifier(gatewayPasswords.bouncer, randomBytes(16)),
    });
    await admin.query('set search_path = evertill');
    const shop = new CentralShop(at, roles, admin);
    await shop.addStore(shop.store);
    return shop;
  }

  async addStore(store: StoreId): Promise<void> {
    await this.admin.query('select create_store(null, $1, $2)', [store, JSON.stringify(testSettings)]);
  }

  /** A client logged in as the head office's server. The caller ends it. */
  async headOffice(): Promise<pg.Client> {
    return await this.connectAs(this.roles.headoffice, headOfficePassword);
  }

  async connectAs(user: string, password: string): Promise<pg.Client> {
    const client = new pg.Client({ ...this.at, user, password });
    client.on('error', () => undefined);
    await client.connect();
    await client.query('set search_path = evertill');
    return client;
  }

  async makeCode(till_code: string, store: StoreId = this.store) {
    const { rows } = await this.admin.query<{ made: { login: string; secret: string } }>(
      "select create_enrolment_code(null, $1, $2, 'Counter') as made",
      [store, till_code],
    );
    const made = rows[0]?.made;
    if (made === undefined) throw new Error('no code was made');
    const { host, port, database } = this.at;
    return { host, port, database, login: made.login, secret: made.secret, ca_fingerprint: null };
  }

  /** Enrols a till by a code of its own. */
  async join(till_code: string, store: StoreId = this.store): Promise<JoinedTill> {
    this.#joined += 1;
    const ids = new Ids(this.#joined);
    const installation = ids.next<InstallationId>();
    let password = '';
    const result = await enrol(await this.makeCode(till_code, store), installation, {
      keepPassword: (made) => {
        password = made;
      },
      randomBytes,
    });
    if (!result.ok) throw new Error(`not enrolled: ${result.reason} ${result.detail}`);
    const { enrolled } = result;
    const till = new TestTill({ store: enrolled.store, till: enrolled.till, code: enrolled.code, installation, ids });
    const address = { ...enrolled.address, password };
    return { till, address, central: centralAt(address, 'test') };
  }

  /** One value of one row, as the superuser sees it. */
  async value(sql: string, values: readonly unknown[] = []): Promise<unknown> {
    const { rows } = await this.admin.query<Record<string, unknown>>(sql, [...values]);
    const row = rows[0];
    return row === undefined ? undefined : Object.values(row)[0];
  }

  /** After PostgreSQL was stopped: the superuser logs in again. */
  async reconnect(): Promise<void> {
    this.admin = await this.connectAs(this.at.user, this.at.password);
  }

  async close(): Promise<void> {
    await this.admin.end();
  }
}
