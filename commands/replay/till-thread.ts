/** The thread that a till of the replay lives in. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Assignment, FromTill, ToTill } from './messages.ts';
import { openReplayTill } from './replay-till.ts';
import { logTo } from '../../shared/log.ts';

if (parentPort === null) throw new Error('this file is run as a thread');
const port = parentPort;
const tell = (message: FromTill) => port.postMessage(message);
/** Between two tells of how far it is. */
const stride = 20;

// What the replay starts this thread with is exactly that.
const assignment = workerData as Assignment;
const till = await openReplayTill(
  assignment,
  logTo((level, event, facts) => {
    if (level === 'error') console.error(event, JSON.stringify(facts));
  }),
);
tell({ type: 'ready' });

async function handle(message: ToTill): Promise<void> {
  switch (message.type) {
    case 'ring_up': {
      const outcome = await till.ringUp((invoices) => {
        if (invoices % stride === 0) tell({ type: 'progress', invoices });
      });
      tell({ type: 'rung_up', outcome });
      return;
    }
    case 'settle':
      tell({ type: 'settled', standing: await till.settle(message.expected_milli) });
      return;
    case 'close':
      till.close();
      tell({ type: 'closed' });
      port.close();
      return;
  }
}

port.on('message', (message: ToTill) => {
  handle(message).catch((error: unknown) => {
    // Out of here an error ends the thread, and the replay hears of it.
    setImmediate(() => {
      throw error;
    });
  });
});
