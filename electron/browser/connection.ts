/** One window of the till: its calls in, answers and events out. */
import type { WebSocket } from 'ws';
import { askTill, maxCallsUnderWay } from '../pc/call.ts';
import { faultText } from '../../shared/fault-text.ts';
import type { Log } from '../../shared/log.ts';
import type { Till } from '../till/app.ts';
import { closeCodes, type HostFrame, readCallFrame } from './frame.ts';

/** Serves a window until either side ends it. The token has been checked already. */
export function serveWindow(socket: WebSocket, till: Pick<Till, 'invoke' | 'subscribe'>, log: Log): void {
  let underWay = 0;
  const send = (frame: HostFrame): void => {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(frame));
  };
  const unsubscribe = till.subscribe((event) => send({ event }));

  const answer = async (text: string): Promise<void> => {
    const frame = readCallFrame(text);
    if (frame === undefined) {
      log.warn('window.malformed', { bytes: text.length });
      return socket.close(closeCodes.malformed, 'malformed');
    }
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
  socket.on('close', unsubscribe);
}

/** The text of a message, in whichever of the three forms ws hands it over. */
function textOf(message: Buffer | ArrayBuffer | Buffer[]): string {
  if (Array.isArray(message)) return Buffer.concat(message).toString('utf8');
  return Buffer.isBuffer(message) ? message.toString('utf8') : Buffer.from(message).toString('utf8');
}
