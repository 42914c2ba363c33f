/** A head office and a real till that has joined it: a file on disk, the product's own link between the two. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createHeadOfficeLink, type LinkedTill, type ManagedLink } from '../electron/pc/head-office-link.ts';
import { createTill, type Till } from '../electron/till/app.ts';
import type { Ports } from '../electron/till/ports.ts';
import { tillMigrations } from '../migrations/till/list.ts';
import { type Company, newCommand, openCompany } from '../commands/demo/company.ts';
import { openStore } from '../commands/replay/office.ts';
import { type Client, createClient } from '../shared/contract/client.ts';
import { type TillContract, tillContract } from '../shared/contract/till.ts';
import type { ProductId } from '../shared/ids.ts';
import type { BenchPostgres } from './postgres-support.ts';
import { benchPorts } from './till-support.ts';

export const companyDatabase = 'bench';

export async function openBenchCompany(administrator: BenchPostgres): Promise<Company> {
  const user = { login: 'owner', name: 'Owner', password: 'long enough' };
  return await openCompany({ administrator, database: companyDatabase, name: 'Bench', user, log: benchPorts.log });
}

export interface BenchStore {
  readonly products: readonly ProductId[];
  readonly clerk: { readonly login: string; readonly password: string };
  /** For one till. */
  readonly enrolment_code: string;
}

export async function openBenchStore({ client }: Company, products: number): Promise<BenchStore> {
  const goods = Array.from({ length: products }, (_, i) => ({
    sku: `SKU-${i}`,
    name: `Product number ${i} of the bench`,
    price: `${(i % 40) + 1}.${String((i * 7) % 100).padStart(2, '0')}`,
  }));
  const opened = await openStore(client, goods);
  const { code } = await client.enrolment.create({ store: opened.store, till_code: 'B1', till_name: 'Bench till' });
  return { products: [...opened.products.values()], clerk: opened.team.clerk, enrolment_code: code };
}

export interface RealTill {
  readonly till: Till;
  /** As nobody in particular, until {@link RealTill.signIn}. */
  readonly client: Client<TillContract>;
  /** Starts to sync; `watched` stands before the till's own side where a bench looks on. Ends what was started before. */
  connect(watched?: LinkedTill): void;
  disconnect(): void;
  signIn(who: BenchStore['clerk']): Promise<string>;
  close(): void;
}

/** Makes a till and joins it. It does not sync before it is told to. */
export async function joinRealTill(folder: string, code: string): Promise<RealTill> {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'headoffice.json');
  const newLink = () => createHeadOfficeLink({ path, ports: benchPorts, version: 'bench' });
  let link: ManagedLink = newLink();
  const headOffice: NonNullable<Ports['headOffice']> = {
    enrol: (typed, installation) => link.enrol(typed, installation),
    enrolShop: (typed, shop, installation) => link.enrolShop(typed, shop, installation),
    appended: () => link.appended(),
    tryNow: () => link.tryNow(),
    status: () => link.status(),
    server: () => link.server(),
    leave: (installation, head) => link.leave(installation, head),
    forget: () => link.forget(),
  };
  const till = createTill({
    path: join(folder, 'till.db'),
    create: true,
    migrations: tillMigrations,
    ports: { ...benchPorts, headOffice },
  });
  const signedIn: { session?: string } = {};
  const client = createClient(tillContract, till.invoke, { session: () => signedIn.session, newCommand });
  await client.setup.join({ code });
  return {
    till,
    client,
    connect: (watched = till.sync) => {
      link.stop();
      link = newLink();
      link.attach(watched);
    },
    disconnect: () => link.stop(),
    signIn: async ({ login, password }) => {
      const { token } = await client.session.sign_in({
        who: { login },
        credential: { kind: 'password', secret: password },
      });
      signedIn.session = token;
      return token;
    },
    close: () => {
      link.stop();
      till.close();
    },
  };
}

/** Starts to sync, and answers when both streams have come in whole. `applied` hears of each page, and how long it took. */
export async function takeFirstLoad(
  { connect, till }: RealTill,
  applied: (rows: number, ms: number) => void = () => {},
): Promise<void> {
  await new Promise<void>((resolve) => {
    const missing = new Set(['company', 'store']);
    connect({
      ...till.sync,
      applyPage: (page) => {
        const begun = performance.now();
        till.sync.applyPage(page);
        applied(page.changes.length, performance.now() - begun);
        if (page.snapshot === 'end') missing.delete(page.stream);
        if (missing.size === 0) resolve();
      },
    });
  });
}
