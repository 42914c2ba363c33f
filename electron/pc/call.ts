/** A window's call of the till: its form, and what is done with it behind every kind of shell. */
import { z } from 'zod';
import type { Result } from '../../shared/contract/errors.ts';
import type { Till } from '../till/app.ts';

/** Calls of one window that may be on their way at once; a screen has a handful. */
export const maxCallsUnderWay = 256;

export const windowCall = z.strictObject({
  operation: z.string().max(100),
  input: z.unknown(),
  session: z.string().max(200).optional(),
  command: z.string().max(64).optional(),
  approval: z.string().max(64).optional(),
});

export type WindowCall = z.infer<typeof windowCall>;

/** Asks the till. Never rejects: whatever happens is an answer. */
export function askTill(till: Pick<Till, 'invoke'>, call: WindowCall): Promise<Result<unknown>> {
  const { approval, command, input, operation, session } = call;
  return till.invoke({
    operation,
    input,
    ...(session === undefined ? {} : { session }),
    ...(command === undefined ? {} : { command }),
    ...(approval === undefined ? {} : { approval }),
  });
}
