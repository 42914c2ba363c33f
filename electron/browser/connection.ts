/** One window of the till: its calls in, answers and events out. */
import type { WebSocket } from 'ws';
import { askTill, maxCallsUnderWay } from '../pc/call.ts';
import { faultText } from '../../shared/fault-text.ts';
import type { Log } from '../../shared/log.ts';
import type { TillKeeper } from '../pc/till-keeper.ts';
import type { Till } from '../till/app.ts';
import { closeCodes, type HostFrame, readCallFrame } from './frame.ts';

/** A till that is open, or the keeper of one that opens: its calls then wait. */
export type ServedTill = Pick<Till, 'invoke' | 'subscribe'> & Partial<Pick<TillKeeper, 'opened' | 'onStarting'>>;

/** Serves a window until either side ends it. The token has been checked already. */
export function serveWindow(socket: WebSocket, till: ServedTill, log: Log): void {
  let underWay = 0;
  const send = (frame: HostFrame): void => {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(frame));
  };
  const unsubscribe = till.subscribe((event) => send({ event }));
  const stopStarting = till.onStarting?.((starting) => send({ starting }));
  const open = async (again: boolean): Promise<void> => {
    const opened = await till.opened?.(again);
    if (opened !== undefined) send({ opened });
  };
  void open(false);

  const answer = async (text: string): Promise<void> => {
    const frame = readCallFrame(text);
    if (frame === undefined) {
      log.warn('window.malformed', { bytes: text.length });
      return socket.close(closeCodes.malformed, 'malformed');
    }
    if ('open' in frame) return await open(true);
    if (underWay >= maxCallsUnderWay) return socket.close(closeCodes.tooMany, 'too many calls');
    underWay += 1;
    const result = await askTill(till, frame.call);
    underWay -= 1;
    send({ id: frame.id, result });
  };

  socket.on('message', (message, isBinary) => {
    if (isBinary) return socket.close(closeCodes.malformed, 'malformed');
    void answer(textOf(message));
  });
  // ws itself closes with 1009 for a message that is too large, and tells of it here.
  socket.on('error', (error) => log.warn('window.fault', { error: faultText(error) }));
  socket.on('close', () => {
    unsubscribe();
    stopStarting?.();
  });
}

/** The text of a message, in whichever of the three forms ws hands it over. */
function textOf(message: Buffer | ArrayBuffer | Buffer[]): string {
  if (Array.isArray(message)) return Buffer.concat(message).toString('utf8');
  return Buffer.isBuffer(message) ? message.toString('utf8') : Buffer.from(message).toString('utf8');
}
