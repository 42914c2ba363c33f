/** A head office on a database of its own, with tills that push real entries to it. */
import { randomBytes } from 'node:crypto';
import { v7 } from 'uuid';
import { createHeadOffice, type HeadOffice } from '../../headoffice/app.ts';
import { openPool, type Pool } from '../../headoffice/db/pool.ts';
import { createFirstUser } from '../../headoffice/first-user.ts';
import type { Ports } from '../../headoffice/ports.ts';
import { createClient, type Client } from '../../shared/contract/client.ts';
import { type HeadOfficeContract, headOfficeContract } from '../../shared/contract/headoffice.ts';
import type { CommandId } from '../../shared/ids.ts';
import { centralAt } from '../../sync/central.ts';
import { formatCode } from '../../sync/enrolment-code.ts';
import { CentralShop, type JoinedTill } from '../sync/central-shop.ts';
import { createDatabase } from '../support/postgres.ts';
import { expectNothingPersonal } from '../support/nothing-personal.ts';
import { refuseUndeclared } from '../support/strict-log.ts';
import { logTo } from '../../shared/log.ts';

export const owner = { login: 'elena', name: 'Elena Lindqvist', password: 'a password of the tests' };
const officePassword = 'head office of the tests';

/** The moment that tests begin at: a Saturday forenoon in Falmouth. */
export const began = Date.UTC(2026, 10, 21, 10, 30, 0);

export interface TestOffice {
  readonly shop: CentralShop;
  readonly pool: Pool;
  readonly office: HeadOffice;
  readonly ports: Ports;
  readonly clock: { now_ms: number };
  /** Signed in as the owner. */
  readonly client: Client<HeadOfficeContract>;
  /** What was logged. */
  readonly lines: { readonly event: string; readonly facts: Readonly<Record<string, unknown>> }[];
  signIn(login: string, password: string, address?: string): Promise<string>;
  clientOf(token: string | undefined, address?: string): Client<HeadOfficeContract>;
  /** Another server on the same database: what a restart is. */
  restart(): HeadOffice;
  close(): Promise<void>;
}

export function newCommand(): CommandId {
  return v7() as CommandId;
}

export async function openOffice(): Promise<TestOffice> {
  const at = await createDatabase();
  const shop = await CentralShop.open(at);
  const { host, port, database } = at;
  const pool = openPool({ host, port, database, user: shop.roles.headoffice, password: officePassword, ca: null });
  const clock = { now_ms: began };
  const lines: { event: string; facts: Readonly<Record<string, unknown>> }[] = [];
  const ports: Ports = {
    clock: { now: () => clock.now_ms },
    random: { bytes: (length) => new Uint8Array(randomBytes(length)) },
    log: logTo((_level, event, facts) => {
      refuseUndeclared(event, facts);
      lines.push({ event, facts });
    }),
    bcryptCost: 4,
    enrolmentCode: (made) => formatCode({ host, port, database, ...made, ca_fingerprint: null }),
  };
  await createFirstUser(pool, ports, owner);
  const office = createHeadOffice(pool, ports);
  const clientOf = (token: string | undefined, address = 'local') =>
    createClient(headOfficeContract, (call) => office.invoke(call, { address }), { session: () => token, newCommand });
  const signIn = async (login: string, password: string, address = 'local') =>
    (await clientOf(undefined, address).session.sign_in({ login, password })).token;
  return {
    shop,
    pool,
    office,
    ports,
    clock,
    lines,
    client: clientOf(await signIn(owner.login, owner.password)),
    signIn,
    clientOf,
    restart: () => createHeadOffice(pool, ports),
    close: async () => {
      // Whatever a test did, nothing of anybody may be written down of it.
      expectNothingPersonal(
        lines.map((line) => JSON.stringify(line)),
        [owner.name, owner.password, officePassword, 'Mira Osei'],
      );
      await pool.end();
      await shop.close();
    },
  };
}

/** Pushes whatever of a till's journal the head office does not have, saying hello before and after. */
export async function pushAll({ till, address }: JoinedTill): Promise<void> {
  const connection = await centralAt(address, '0.1.0').connect();
  try {
    const hello = async () => {
      const { installation, epoch } = till.identity();
      const head = till.head();
      const at = new Date(began).toISOString();
      return await connection.hello({ installation, epoch, seq: head.seq, hash: head.hash, at });
    };
    const welcome = await hello();
    if (welcome.answer !== 'welcome') throw new Error(`hello answered ${JSON.stringify(welcome)}`);
    let acked = welcome.acked_seq;
    let { epoch } = welcome;
    while (acked < till.head().seq) {
      const entries = till.entriesAfter(acked, { count: 200, bytes: 256 * 1024 });
      const answer = await connection.push({ epoch, entries, unprojected: false });
      if (answer.answer !== 'taken') throw new Error(`push answered ${JSON.stringify(answer)}`);
      acked = answer.acked_seq;
      ({ epoch } = answer);
    }
    await hello();
  } finally {
    connection.destroy();
  }
}
