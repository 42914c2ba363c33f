/** The replay's side of a till's thread. */
import { Worker } from 'node:worker_threads';
import type { ProductId } from '../../shared/ids.ts';
import type { Assignment, FromTill, Standing, TillOutcome, ToTill } from './messages.ts';

export interface TillThread {
  ringUp(): Promise<TillOutcome>;
  settle(expected_milli: ReadonlyMap<ProductId, number>): Promise<Standing>;
  /** Closes the till and ends the thread. */
  close(): Promise<void>;
  /** Ends the thread wherever it is. */
  kill(): Promise<void>;
}

/** Starts a till in a thread; answers once it has joined and holds the catalogue. Every call rejects if the thread dies. */
export async function startTillThread(
  assignment: Assignment,
  progressed: (invoices: number) => void,
): Promise<TillThread> {
  const worker = new Worker(new URL('till-thread.ts', import.meta.url), { workerData: assignment });
  let waiting: { readonly type: FromTill['type']; readonly resolve: (message: FromTill) => void } | undefined;
  const died = new Promise<never>((_, reject) => {
    worker.once('error', reject);
    worker.once('exit', (code) => {
      reject(new Error(`a till's thread ended with ${code}`));
    });
  });
  // Heard by whoever waits at that moment; a thread that ends when nobody does is no failure.
  died.catch(() => undefined);
  worker.on('message', (message: FromTill) => {
    if (message.type === 'progress') progressed(message.invoices);
    else if (message.type === waiting?.type) waiting.resolve(message);
  });
  const hear = async <Type extends FromTill['type']>(type: Type, message?: ToTill) => {
    const answer = new Promise<FromTill>((resolve) => {
      waiting = { type, resolve };
    });
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    if (message !== undefined) worker.postMessage(message);
    // Only a message of this type resolves it.
    return (await Promise.race([answer, died])) as Extract<FromTill, { type: Type }>;
  };
  const kill = async () => {
    await worker.terminate();
  };
  try {
    await hear('ready');
  } catch (error) {
    await kill();
    throw error;
  }
  return {
    ringUp: async () => (await hear('rung_up', { type: 'ring_up' })).outcome,
    settle: async (expected_milli) => (await hear('settled', { type: 'settle', expected_milli })).standing,
    close: async () => {
      await hear('closed', { type: 'close' });
      await kill();
    },
    kill,
  };
}
