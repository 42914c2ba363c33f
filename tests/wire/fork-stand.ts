/**
 * A real till whose file was put back from a backup: the head office holds entries of its own that it has lost. Where it
 * sold before it could ask, there are two chains, and it settles the fork over the wire that is cut.
 */
import { copyFileSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { expect } from 'vitest';
import { z } from 'zod';
import { type DataFolder, dataFolder } from '../../electron/pc/folder.ts';
import { createFileKey } from '../../electron/pc/key.ts';
import { createNodePorts } from '../../electron/pc/ports.ts';
import { createTill, type Till } from '../../electron/till/app.ts';
import { openTillFileToRead } from '../../electron/till/db/open.ts';
import { verifyJournal } from '../../electron/till/journal/verify.ts';
import { tillMigrations } from '../../migrations/till/list.ts';
import { createClient } from '../../shared/contract/client.ts';
import { tillContract } from '../../shared/contract/till.ts';
import { toHex } from '../../shared/ids.ts';
import type { CentralAddress } from '../../sync/central.ts';
import { newCommand } from '../headoffice/office.ts';
import { type Company, copyPc, openCompany, pin, startPc } from '../lifecycle/world.ts';
import { hastenLogin, type Stand } from './stand.ts';
import { logTo } from '../../shared/log.ts';

const silent = logTo(() => undefined);

/** What the link keeps of the head office that the till joined. */
const keptSchema = z.object({
  joined: z.object({
    address: z.object({ host: z.string(), port: z.number(), login: z.string() }),
    password: z.base64(),
  }),
});

interface Prepared {
  readonly files: DataFolder;
  /** What customers were handed before the wire is cut. */
  readonly printed: readonly string[];
  readonly address: Omit<CentralAddress, 'database'>;
  readonly session: string;
}

export class ForkStands {
  readonly #company: Company;
  readonly #prepared: Prepared;
  #made = 0;

  private constructor(company: Company, prepared: Prepared) {
    this.#company = company;
    this.#prepared = prepared;
  }

  /** `hasSold`: whether the till sold before it could ask, so that there is a fork. */
  static async open(hasSold: boolean): Promise<ForkStands> {
    const company = await openCompany();
    const prepared = await prepare(company, hasSold);
    const { login } = prepared.address;
    await hastenLogin(company.shop.admin, login);
    // All copies of the till log in with the one login.
    await company.shop.admin.query(`alter role ${login} connection limit 100`);
    // A database is copied only while nobody is in it.
    await company.close();
    return new ForkStands(company, prepared);
  }

  /** A copy of the till as it was put back, and of its head office. */
  async next(): Promise<Stand> {
    const { at } = this.#company.shop;
    const prepared = this.#prepared;
    this.#made += 1;
    const database = `${at.database}_${this.#made}`;
    const files = dataFolder(join(this.#company.folder, `copy-${this.#made}`));
    copyPc(prepared.files, files, true);
    await administer(at, `create database ${database} template ${at.database} strategy file_copy`);
    const till = openAlone(files);
    const client = createClient(tillContract, till.invoke, { session: () => prepared.session, newCommand });
    const printed = [...prepared.printed];
    return {
      till: till.sync,
      address: { ...prepared.address, database },
      sell: async () => {
        const { basket } = await client.basket.add_product({ product: this.#company.product, quantity_milli: 1000 });
        await client.basket.add_tender({ basket, kind: 'cash', handed: '5.00' });
        printed.push((await client.basket.complete({ basket, total_minor: 250 })).receipt_number);
      },
      expectInStep: async () => {
        const central = new pg.Client({ ...at, database });
        await central.connect();
        const { stock_milli } = await client.product.show({ product: this.#company.product });
        try {
          await expectInStep(central, { ...till, path: files.till, stock_milli }, printed);
        } finally {
          await central.end();
        }
      },
      close: async () => {
        till.close();
        await administer(at, `drop database ${database} with (force)`);
      },
    };
  }

  close(): void {
    rmSync(this.#company.folder, { recursive: true });
  }
}

/** A till that sold eight times, of which the head office knows; then its file was put back as it was after three. */
async function prepare(company: Company, hasSold: boolean): Promise<Prepared> {
  const { shop, client, folder } = company;
  const { code } = await client.enrolment.create({ store: shop.store, till_code: 'HS1', till_name: 'Counter' });
  const before = await startPc(company, 'first', code);
  await before.sell(3);
  await before.inStep();
  before.stop();
  const { files } = before;
  copyFileSync(files.till, join(folder, 'backup.db'));
  const later = await startPc(company, 'first');
  await later.sell(5);
  await later.inStep();
  later.stop();
  copyFileSync(join(folder, 'backup.db'), files.till);

  const printed = [...before.receipts, ...later.receipts];
  const till = openAlone(files);
  const visitor = createClient(tillContract, till.invoke, { session: () => undefined, newCommand });
  const { token } = await visitor.session.sign_in({
    who: { staff: company.staff },
    credential: { kind: 'pin', secret: pin },
  });
  const cashier = createClient(tillContract, till.invoke, { session: () => token, newCommand });
  for (let i = 0; hasSold && i < 4; i += 1) {
    const { basket } = await cashier.basket.add_product({ product: company.product, quantity_milli: 1000 });
    await cashier.basket.add_tender({ basket, kind: 'cash', handed: '5.00' });
    printed.push((await cashier.basket.complete({ basket, total_minor: 250 })).receipt_number);
  }
  till.close();
  return { files, printed, address: addressOf(files), session: token };
}

/** A till without a way to its head office of its own: the test makes one. */
function openAlone(files: DataFolder): Till {
  const ports = createNodePorts({ key: createFileKey(files.key), markPath: files.mark, log: silent });
  return createTill({ path: files.till, create: false, migrations: tillMigrations, ports });
}

function addressOf(files: DataFolder): Prepared['address'] {
  const { joined } = keptSchema.parse(JSON.parse(readFileSync(files.headOffice, 'utf8')));
  const { secrets } = createNodePorts({ key: createFileKey(files.key), markPath: files.mark, log: silent });
  const password = new TextDecoder().decode(secrets.unwrap(new Uint8Array(Buffer.from(joined.password, 'base64'))));
  return { ...joined.address, password, ca: null };
}

async function administer(at: pg.ClientConfig, statement: string): Promise<void> {
  const client = new pg.Client({ ...at, database: 'postgres' });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** A till, and what it shows of its one product's stock. */
type Shown = Pick<Till, 'sync'> & { readonly path: string; readonly stock_milli: number | null };

/** Every receipt that was handed out is at the head office, once, and no other; heads and stock agree, the file is whole. */
async function expectInStep(central: pg.Client, till: Shown, printed: readonly string[]): Promise<void> {
  const { rows } = await central.query<{ receipt: string }>(
    `select concat_ws('-', receipt_till, receipt_series, lpad(receipt_number::text, 6, '0')) as receipt
     from evertill.sales`,
  );
  expect(rows.map(({ receipt }) => receipt).toSorted()).toEqual(printed.toSorted());
  const held = await central.query<Record<string, unknown>>(
    `select encode(head_hash, 'hex') as hash, acked_seq::int as seq,
       (select count(*)::int from evertill.journal_entries) as entries,
       (select -sum(level_milli)::int from evertill.stock_levels) as moved,
       (select count(*)::int from evertill.quarantined_entries) as quarantined
     from evertill.till_heads`,
  );
  const { hash, seq } = till.sync.head();
  expect(held.rows).toEqual([{ hash: toHex(hash), seq, entries: seq, moved: 1000 * printed.length, quarantined: 0 }]);
  expect(till.sync.confirmedSeq()).toBe(seq);
  expect(till.stock_milli).toBe(-1000 * printed.length);
  const file = openTillFileToRead(till.path);
  try {
    expect(verifyJournal(file).bad).toBeNull();
  } finally {
    file.close();
  }
}
