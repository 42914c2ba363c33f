/** What was to come of goods on the way between stores: one rule for the till and for the head office. */

/** `partly`: something arrived, and more is expected. */
export const transferStates = ['on_the_way', 'partly', 'received', 'cancelled'] as const;
export type TransferState = (typeof transferStates)[number];

/** How much of a line was to come in all: what was sent; nothing of what was cancelled, since it never left. */
export function dueMilli(state: TransferState, sent_milli: number): number {
  return state === 'cancelled' ? 0 : sent_milli;
}

/** By how much what came is not what was to come. What is still awaited is missing nowhere. Null: nobody has said what came. */
export function differenceMilli(
  state: TransferState,
  line: { readonly due_milli: number; readonly received_milli: number | null },
): number {
  const more_milli = (line.received_milli ?? 0) - line.due_milli;
  return state === 'on_the_way' || state === 'partly' ? Math.max(0, more_milli) : more_milli;
}

/** Whether somebody at the head office has to look at a line: what came is not what was to come, or came to another store. */
export function isDifferent(
  state: TransferState,
  line: { readonly due_milli: number; readonly received_milli: number; readonly elsewhere_milli: number },
): boolean {
  return differenceMilli(state, line) !== 0 || line.elsewhere_milli !== 0;
}
