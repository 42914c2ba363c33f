import { z } from 'zod';
import { command } from '../define.ts';
import { collected, receiptAsked } from '../support.ts';

export const support = {
  collect: command({
    summary:
      'Collect what whoever helps needs: versions, tills with their heads, feeds, what was put aside, sizes, checks and the log, and with a receipt number the entries of its sales. Nothing secret and nobody’s name is in it.',
    access: 'support.collect',
    keepsAnswer: false,
    errors: ['record.not_found'],
    input: z.strictObject({ receipt_number: receiptAsked }),
    output: collected,
  }),
};
