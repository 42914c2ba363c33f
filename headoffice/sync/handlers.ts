import type { headOfficeContract } from '../../shared/contract/headoffice.ts';
import { instantOf } from '../context.ts';
import type { Handlers } from '../handler.ts';
import { readPulse } from './watch.ts';

export const syncHandlers: Handlers<(typeof headOfficeContract)['sync']> = {
  pulse: async (context) => ({ ...(await readPulse(context.db)), now: instantOf(context) }),
};
