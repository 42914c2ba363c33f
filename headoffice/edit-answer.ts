/** The database's edit functions: each writes a record, the feed and the log of edits, and says how it went. */
import type { WriteDb } from './db/transact.ts';
import { fail } from './failure.ts';

/** What every edit function answers, beside facts of its own. */
export interface EditAnswer {
  readonly answer: string;
  readonly [fact: string]: unknown;
}

/**
 * Calls an edit function. `unknown` fails with `record.not_found`, `stale` with `record.changed`; anything else that is
 * not among `expected` is a fault of ours.
 */
export async function editAnswer(
  db: WriteDb,
  call: string,
  values: readonly unknown[],
  expected: readonly string[],
): Promise<EditAnswer> {
  const row = await db.first<{ answer: EditAnswer }>(`select ${call} as answer`, values);
  const answer = row?.answer ?? { answer: 'nothing' };
  if (expected.includes(answer.answer)) return answer;
  if (answer.answer === 'unknown') return fail('record.not_found');
  if (answer.answer === 'stale') return fail('record.changed');
  throw new Error(`${call} answered ${answer.answer}`);
}
