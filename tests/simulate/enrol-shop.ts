/** A shop asks to be let in, as the till's own link does (electron/browser/head-office-link.ts): the answer in its words. */
import { fail } from '../../electron/till/failure.ts';
import { CentralError } from '../../sync/central-port.ts';
import type { JoinAsked } from './central/asked.ts';
import { enrolOverWire, type WireOptions } from './wire.ts';

/** `id` names this time. Fails with an enrolment code of the contract. */
export async function enrolShop(options: WireOptions, id: string, asked: JoinAsked): Promise<void> {
  const answer = await enrolOverWire(options, id, asked).catch((error: unknown) => {
    if (!(error instanceof CentralError)) throw error;
    return fail(error.fault === 'login' ? 'enrolment.code_refused' : 'enrolment.unreachable');
  });
  if (answer.answer === 'used') return fail('enrolment.code_refused');
  if (answer.answer === 'enrolled') return undefined;
  if (answer.reason === 'known') return fail('enrolment.shop_known');
  return fail('enrolment.till_code_taken', { till_code: answer.detail });
}
