import { z } from 'zod';
import { command } from '../define.ts';
import { collected, receiptAsked, screenFault } from '../support.ts';

export const support = {
  collect: command({
    summary:
      'Collect what whoever helps needs: logs, versions, heads, sync, counts and checks, and with a receipt number the entry of its sale. Nothing secret and nobody’s name is in it.',
    access: 'support.collect',
    keepsAnswer: false,
    errors: ['record.not_found'],
    input: z.strictObject({ receipt_number: receiptAsked }),
    output: collected,
  }),
  note_fault: command({
    summary: 'Write down what went wrong in a screen, and tell the number under which it stands in the log.',
    access: 'anyone',
    keepsAnswer: false,
    errors: [],
    input: screenFault,
    output: z.strictObject({ incident: z.string() }),
  }),
};
