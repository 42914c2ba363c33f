/** A till: everything behind the screens, without any of them. */
import type { Invoke } from '../../shared/contract/client.ts';
import { type TillEvent, tillEvents } from '../../shared/contract/till.ts';
import { pruneAnswers } from './answer.ts';
import { basketHandlers } from './basket/handlers.ts';
import { createCheckpointer } from './checkpoint.ts';
import { type Migration, openTillFile } from './db/open.ts';
import { transact } from './db/transact.ts';
import { createDispatch } from './dispatch.ts';
import type { TillHandlers } from './handler.ts';
import { openInstallation } from './journal/installation.ts';
import type { Ports } from './ports.ts';
import { catalogueHandlers, productHandlers } from './product/handlers.ts';
import { refundHandlers } from './refund/handlers.ts';
import { saleHandlers } from './sale/handlers.ts';
import { sessionHandlers } from './session/handlers.ts';
import { settingsHandlers } from './settings/handlers.ts';
import { setupHandlers } from './setup/handlers.ts';
import { putAside } from './setup/leave.ts';
import { shiftHandlers } from './shift/handlers.ts';
import { staffHandlers } from './staff/handlers.ts';
import { stockHandlers } from './stock/handlers.ts';
import { stockTakeHandlers } from './stock-take/handlers.ts';
import { supportHandlers } from './support/handlers.ts';
import { syncHandlers } from './sync/handlers.ts';
import { createSyncPort, type SyncPort } from './sync/port.ts';
import { transferHandlers } from './transfer/handlers.ts';

const handlers: TillHandlers = {
  setup: setupHandlers,
  session: sessionHandlers,
  shift: shiftHandlers,
  basket: basketHandlers,
  sale: saleHandlers,
  refund: refundHandlers,
  product: productHandlers,
  catalogue: catalogueHandlers,
  stock: stockHandlers,
  stock_take: stockTakeHandlers,
  transfer: transferHandlers,
  staff: staffHandlers,
  settings: settingsHandlers,
  sync: syncHandlers,
  support: supportHandlers,
};

export interface Till {
  readonly invoke: Invoke;
  /** Hears what changed; answers how to stop hearing. */
  subscribe(listener: (event: TillEvent) => void): () => void;
  /** The till's side of the sync. */
  readonly sync: SyncPort;
  /** How the till's file is doing. */
  health(): TillHealth;
  close(): void;
}

export interface TillHealth {
  /** Bytes of the write-ahead log on disk. */
  readonly wal_bytes: number;
  /** Checkpoints since the till was opened. */
  readonly checkpoints: number;
}

export interface TillOptions {
  /** Where the till's file is, or shall be. */
  readonly path: string;
  /** True on a PC where no till was ever set up; otherwise a missing file is a fault, not a new till. */
  readonly create: boolean;
  readonly migrations: readonly Migration[];
  readonly ports: Ports;
}

/** Opens a till. @throws OpenError when its file can't be opened */
export function createTill(options: TillOptions): Till {
  const { ports } = options;
  const file = openTillFile(options.path, options);
  transact(file.writer, () => pruneAnswers(file.writer, ports.clock.now()));
  let isClosed = false;
  const installation = openInstallation(file, ports);
  const checkpointer = createCheckpointer(file, installation);
  const listeners = new Set<(event: TillEvent) => void>();
  const publish = (kind: TillEvent['kind']) => {
    for (const listener of listeners) {
      try {
        listener({ kind });
      } catch (error) {
        ports.log.fault('listener.fault', error, { kind });
      }
    }
  };
  const sync = createSyncPort({ file, ports, installation, migrations: options.migrations, publish });
  /** From here on the till is nobody again, in every window. */
  const leave = (kept: string): void => {
    putAside(file, kept, options.migrations);
    installation.forget();
    sync.forget();
    ports.headOffice?.forget();
    for (const kind of tillEvents) publish(kind);
  };
  const invoke = createDispatch(file, ports, handlers, installation, ({ appended, events, left }) => {
    if (left !== undefined) return leave(left);
    checkpointer.committed();
    for (const kind of events) publish(kind);
    if (appended) ports.headOffice?.appended();
  });
  return {
    invoke,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    sync,
    health: () => ({ wal_bytes: file.walBytes(), checkpoints: checkpointer.count }),
    close: () => {
      if (isClosed) return;
      isClosed = true;
      checkpointer.stop();
      installation.remember();
      file.close();
    },
  };
}
