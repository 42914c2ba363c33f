import type { headOfficeContract } from '../../shared/contract/headoffice.ts';
import { type Handlers, prepared } from '../handler.ts';
import { collect } from './collect.ts';

export const supportHandlers: Handlers<(typeof headOfficeContract)['support']> = {
  collect: prepared({
    prepare: async (context, { receipt_number }) => await collect(context, receipt_number),
    run: (_context, _input, found) => Promise.resolve(found),
  }),
};
