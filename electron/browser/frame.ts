/** What crosses between a window and the till behind it: JSON text, one frame a message. */
import { z } from 'zod';
import type { Result } from '../../shared/contract/errors.ts';
import type { Opened, Starting } from '../../shared/contract/shell.ts';
import type { TillEvent } from '../../shared/contract/till.ts';
import { windowCall } from '../pc/call.ts';

/** The subprotocol that host and window agree on; the token is offered beside it. */
export const subprotocol = 'evertill.till.1';

/** The largest message that either side takes, in bytes. */
export const maxMessage_bytes = 1024 * 1024;

/** Why the host ended a connection. The window shows what to do for `token`, and connects again for the others. */
export const closeCodes = {
  /** The till is shutting down. */
  closing: 1001,
  /** A message beyond `maxMessage_bytes`. */
  tooLarge: 1009,
  malformed: 4400,
  token: 4401,
  tooMany: 4429,
} as const;

const callFrame = z.union([
  z.strictObject({ id: z.int().min(0), call: windowCall }),
  /** To open a till that could not be opened. */
  z.strictObject({ open: z.literal(true) }),
]);

export type CallFrame = z.infer<typeof callFrame>;

/** What the host sends: the answer to a call, that something changed, and how far the till is with opening. */
export type HostFrame =
  | { readonly id: number; readonly result: Result<unknown> }
  | { readonly event: TillEvent }
  | { readonly starting: Starting }
  | { readonly opened: Opened };

/** The call in a message of a window; undefined when it is none. */
export function readCallFrame(text: string): CallFrame | undefined {
  try {
    const parsed = callFrame.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    // Not even JSON.
    return undefined;
  }
}
