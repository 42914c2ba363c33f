/** The head office: everything behind its console, without any screen or server. */
import { catalogueHandlers } from './catalogue/handlers.ts';
import type { Pool } from './db/pool.ts';
import { createDispatch, type Dispatch } from './dispatch.ts';
import { enrolmentHandlers } from './enrolment/handlers.ts';
import type { HeadOfficeHandlers } from './handler.ts';
import { inboxHandlers } from './inbox/handlers.ts';
import { journalHandlers } from './journal/handlers.ts';
import type { Ports } from './ports.ts';
import { productHandlers } from './product/handlers.ts';
import { quarantineHandlers } from './quarantine/handlers.ts';
import { reportHandlers } from './report/handlers.ts';
import { saleHandlers } from './sale/handlers.ts';
import { sessionHandlers } from './session/handlers.ts';
import { staffHandlers } from './staff/handlers.ts';
import { stockHandlers } from './stock/handlers.ts';
import { storeHandlers } from './store/handlers.ts';
import { syncHandlers } from './sync/handlers.ts';
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
};

export interface HeadOffice {
  /** As a contract's `Invoke`; `from` says where a call comes from, for what is counted by address. */
  readonly invoke: Dispatch;
}

/** Opens the head office on a pool of connections, which stays the caller's. */
export function createHeadOffice(pool: Pool, ports: Ports): HeadOffice {
  return { invoke: createDispatch(pool, ports, handlers) };
}
