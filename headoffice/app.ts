/** The head office: everything behind its console, without any screen or server. */
import type { Call } from '../shared/contract/client.ts';
import type { Result } from '../shared/contract/errors.ts';
import { headOfficeContract } from '../shared/contract/headoffice.ts';
import { catalogueHandlers } from './catalogue/handlers.ts';
import type { Pool } from './db/pool.ts';
import { readTransaction } from './db/transact.ts';
import { createDispatch } from './dispatch.ts';
import { enrolmentHandlers } from './enrolment/handlers.ts';
import type { HeadOfficeHandlers } from './handler.ts';
import { createHealthCheck, type Health, type KnownMigration } from './health.ts';
import { inboxHandlers } from './inbox/handlers.ts';
import { journalHandlers } from './journal/handlers.ts';
import { AnswerCounts } from './metrics/answers.ts';
import { companyFigures } from './metrics/company.ts';
import { type Family, figure } from './metrics/exposition.ts';
import { poolFigures, processFigures, watchLateness } from './metrics/process.ts';
import type { Ports } from './ports.ts';
import { productHandlers } from './product/handlers.ts';
import { quarantineHandlers } from './quarantine/handlers.ts';
import { reportHandlers } from './report/handlers.ts';
import { saleHandlers } from './sale/handlers.ts';
import { sessionHandlers } from './session/handlers.ts';
import { staffHandlers } from './staff/handlers.ts';
import { stockHandlers } from './stock/handlers.ts';
import { storeHandlers } from './store/handlers.ts';
import { supportHandlers } from './support/handlers.ts';
import { syncHandlers } from './sync/handlers.ts';
import { type Pulse, PulseWatch, readPulse } from './sync/watch.ts';
import { tillHandlers } from './till/handlers.ts';
import { userHandlers } from './user/handlers.ts';

const handlers: HeadOfficeHandlers = {
  session: sessionHandlers,
  sync: syncHandlers,
  sale: saleHandlers,
  journal: journalHandlers,
  report: reportHandlers,
  till: tillHandlers,
  quarantine: quarantineHandlers,
  inbox: inboxHandlers,
  product: productHandlers,
  catalogue: catalogueHandlers,
  staff: staffHandlers,
  stock: stockHandlers,
  store: storeHandlers,
  enrolment: enrolmentHandlers,
  user: userHandlers,
  support: supportHandlers,
};

/** Where a call comes from. */
export interface From {
  /** For what is counted by address. */
  readonly address: string;
  /** Which request of a window it is: stands in the log beside what came of it. */
  readonly request?: string;
  /** Aborted when whoever asked has gone: nothing is held for them any longer. */
  readonly gone?: AbortSignal;
}

export interface HeadOffice {
  /** As a contract's `Invoke`. */
  readonly invoke: (call: Call, from?: From) => Promise<Result<unknown>>;
  readonly version: string;
  /** How the database does. Never rejects. */
  readonly health: () => Promise<Health>;
  /** What is to be watched, for Prometheus. Never rejects: without the database, what is known without it. */
  readonly figures: () => Promise<readonly Family[]>;
}

/** What the head office runs as. */
export interface Program {
  readonly version: string;
  /** What the database has to hold, and nothing else. */
  readonly migrations: readonly KnownMigration[];
}

/** How long a question for news is held. A browser has few lines to a server, and other windows of it want one too. */
const held_ms = 5_000;

/** Opens the head office on a pool of connections, which stays the caller's. */
export function createHeadOffice(
  pool: Pool,
  ports: Ports,
  program: Program = { version: '', migrations: [] },
): HeadOffice {
  const counts = new AnswerCounts();
  const dispatch = createDispatch(pool, ports, handlers, (...answer) => counts.count(...answer));
  const health = createHealthCheck(pool, program.migrations);
  const lateness = watchLateness();
  const watch = new PulseWatch(() => readTransaction(pool, readPulse));
  return {
    version: program.version,
    health,
    figures: async () => {
      const own = [...counts.families(), ...poolFigures(pool), ...processFigures(lateness, program.version)];
      const answers = (await health()).database === 'answers';
      const company = answers ? await readTransaction(pool, companyFigures, 5_000).catch(noFigures) : [];
      const isUp = company.length > 0;
      return [
        figure('gauge', 'evertill_database_up', 'Whether the database answers.', isUp ? 1 : 0),
        ...own,
        ...company,
      ];
    },
    invoke: async (call, from) => {
      const first = await dispatch(call, from);
      const seen = seenAlready(call, first);
      if (seen === undefined) return first;
      const late = AbortSignal.timeout(held_ms);
      const gone = from?.gone;
      await watch.untilOther(seen, gone === undefined ? late : AbortSignal.any([late, gone]));
      // As anybody who asks anew: the session may have ended meanwhile.
      return gone?.aborted === true ? first : await dispatch(call, from);
    },
  };
}

/** The database has stopped between two questions. */
function noFigures(): Family[] {
  return [];
}

/** The pulse that a page has seen and that is still the same: it waits for another. Undefined for every other call. */
function seenAlready({ input, operation }: Call, answer: Result<unknown>): Pulse | undefined {
  if (operation !== 'sync.pulse' || !answer.ok) return undefined;
  const asked = headOfficeContract.sync.pulse.input.safeParse(input);
  const told = headOfficeContract.sync.pulse.output.safeParse(answer.value);
  const seen = asked.data?.seen;
  if (seen === undefined || told.data === undefined) return undefined;
  return told.data.tills === seen.tills && told.data.edits === seen.edits ? seen : undefined;
}
