import type { TillContract } from '../../../shared/contract/till.ts';
import { type Handlers, prepared } from '../handler.ts';
import { collect } from './collect.ts';

export const supportHandlers: Handlers<TillContract['support']> = {
  collect: prepared({
    prepare: async (context, { receipt_number }) => await collect(context, receipt_number),
    run: (_context, _input, found) => found,
  }),
  note_fault: ({ ports }, { error, what }) => ({ incident: ports.log.fault('screen.fault', error, { what }) }),
};
