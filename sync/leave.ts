/** How a till tells its head office that it leaves, on a connection of its own. */
import { z } from 'zod';
import type { InstallationId } from '../shared/ids.ts';
import type { Head } from '../shared/journal/chain.ts';
import { type CentralAddress, defaultTimeouts, openSession } from './central.ts';
import { CentralError } from './central-port.ts';

const answerSchema = z.discriminatedUnion('answer', [
  z.object({ answer: z.literal('left') }),
  z.object({ answer: z.literal('differs') }),
  z.object({ answer: z.literal('refused'), reason: z.string() }),
]);

/**
 * Tells the head office that a till leaves with this head, the whole of its journal. `differs`: the head office does not
 * hold just that. `unheard`: it could not be reached, or does not listen to this PC.
 */
export async function tellLeft(
  address: CentralAddress,
  installation: InstallationId,
  head: Head,
): Promise<'left' | 'differs' | 'unheard'> {
  try {
    const session = await openSession(address, defaultTimeouts);
    try {
      const { answer } = await session.call(
        answerSchema,
        'select evertill.leave($1::uuid, $2::bigint, $3::bytea) as answer',
        [installation, head.seq, Buffer.from(head.hash)],
      );
      return answer === 'refused' ? 'unheard' : answer;
    } finally {
      session.destroy();
    }
  } catch (error) {
    if (error instanceof CentralError) return 'unheard';
    throw error;
  }
}
