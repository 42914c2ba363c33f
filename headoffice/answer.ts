/** What commands were answered: kept for 30 days, so that a repeat gets the first answer and does nothing again. */
import { comparedText } from '../shared/contract/repeat.ts';
import type { OfficeUserId } from '../shared/contract/headoffice/shapes.ts';
import type { CommandId } from '../shared/ids.ts';
import type { ReadDb, WriteDb } from './db/transact.ts';
import { sha256 } from './hash.ts';

const answersKept_ms = 30 * 24 * 60 * 60 * 1000;

/** What a command is recognised by when it comes again. */
export interface Asked {
  readonly command: CommandId;
  readonly operation: string;
  /** Whose command it is. */
  readonly owner: OfficeUserId | null;
  readonly inputHash: Uint8Array;
}

export type Earlier =
  /** The same command by the same person with the same input. */
  { readonly state: 'answered'; readonly answer: unknown } | { readonly state: 'conflict' };

interface Row {
  readonly operation: string;
  readonly office_user: string | null;
  readonly input_hash: Uint8Array;
  readonly answer: unknown;
}

/** What the command was answered before; undefined where it is new. */
export async function findAnswer(db: ReadDb, asked: Asked): Promise<Earlier | undefined> {
  const row = await db.first<Row>(
    'select operation, office_user, input_hash, answer from office_answers where command = $1',
    [asked.command],
  );
  if (row === undefined) return undefined;
  const isSame =
    row.operation === asked.operation &&
    row.office_user === asked.owner &&
    Buffer.compare(row.input_hash, asked.inputHash) === 0;
  return isSame ? { state: 'answered', answer: row.answer } : { state: 'conflict' };
}

/**
 * Takes the command for this transaction. False when another copy has it: whoever asks waits here until that one has
 * committed, and then finds its answer.
 */
export async function claimCommand(db: WriteDb, asked: Asked, now: string): Promise<boolean> {
  const claimed = await db.run(
    `insert into office_answers (command, operation, office_user, input_hash, at) values ($1, $2, $3, $4, $5)
     on conflict (command) do nothing`,
    [asked.command, asked.operation, asked.owner, Buffer.from(asked.inputHash), now],
  );
  return claimed === 1;
}

/** Keeps the answer of a command that was claimed. */
export async function keepAnswer(db: WriteDb, command: CommandId, answer: unknown): Promise<void> {
  await db.run('update office_answers set answer = $2 where command = $1', [command, JSON.stringify(answer)]);
}

/** Forgets answers that are older than 30 days. */
export async function pruneAnswers(db: WriteDb, now: number): Promise<void> {
  await db.run('delete from office_answers where at < $1', [new Date(now - answersKept_ms).toISOString()]);
}

/** SHA-256 of an input without its secrets. */
export function hashInput(input: unknown): Uint8Array {
  return sha256(new TextEncoder().encode(comparedText(input)));
}
