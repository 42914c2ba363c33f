/** What is collected for whoever helps: shared by till and head office. */
import { z } from 'zod';

/** All files of one collection together are no longer than this, in characters. */
export const maxCollected = 4 * 1024 * 1024;

/** Files as text, so that a screen can show each before anybody saves or sends it. */
export const collected = z.strictObject({
  /** How the file that holds them all is called, without its ending. */
  name: z.string().regex(/^[\w-]{1,80}$/),
  files: z.array(z.strictObject({ name: z.string().regex(/^[\w./-]{1,80}$/), text: z.string() })).max(40),
});

/** Of a receipt that the question is about. */
export const receiptAsked = z.string().trim().min(1).max(60).nullable();

/** What a screen met: while it was drawn, in an event, in something that was waited for. */
export const screenFaults = ['drawing', 'script', 'promise'] as const;

export const screenFault = z.strictObject({ what: z.enum(screenFaults), error: z.string().max(6000) });
