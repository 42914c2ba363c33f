/** What commands were answered: kept for 30 days, so that a repeat gets the first answer and does nothing again. */
import type { CommandId, StaffId } from '../../shared/ids.ts';
import { uuidFromBytes, uuidToBytes } from '../../shared/ids.ts';
import { fields, type ReadDb, reads, type WriteDb, writes } from './db/statement.ts';

export const answersKept_ms = 30 * 24 * 60 * 60 * 1000;

const byCommand = reads<{ command: Uint8Array }>()((q, p) =>
  q.selectFrom('answers').select(['operation', 'actor', 'input_hash', 'answer']).where('command', '=', p.command),
);
const recorded = reads<{ command: Uint8Array }>()((q, p) =>
  q.selectFrom('journal').select('seq').where('command', '=', p.command).orderBy('n').limit(1),
);
const recordedInFork = reads<{ command: Uint8Array }>()((q, p) =>
  q.selectFrom('adopted_facts').select('seq').where('command', '=', p.command).orderBy('n').limit(1),
);
const insert = writes<{
  command: Uint8Array;
  operation: string;
  actor: Uint8Array | null;
  input_hash: Uint8Array;
  answer: string;
  at: string;
}>()((q, p) =>
  q.insertInto('answers').values(fields(p, 'command', 'operation', 'actor', 'input_hash', 'answer', 'at')),
);
const prune = writes<{ before: string }>()((q, p) => q.deleteFrom('answers').where('at', '<', p.before));

export type KeptAnswer =
  | {
      readonly state: 'kept';
      readonly operation: string;
      readonly actor: StaffId | null;
      readonly inputHash: Uint8Array;
      readonly answer: unknown;
    }
  | { readonly state: 'recorded'; readonly seq: number };

/** The answer of a command; or only that it is in the journal, when its answer is no longer kept. */
export function findAnswer(db: ReadDb, command: CommandId): KeptAnswer | undefined {
  const bytes = uuidToBytes(command);
  const kept = byCommand.get(db, { command: bytes });
  if (kept !== undefined) {
    return {
      state: 'kept',
      operation: kept.operation,
      actor: kept.actor === null ? null : uuidFromBytes<StaffId>(kept.actor),
      inputHash: kept.input_hash,
      answer: JSON.parse(kept.answer),
    };
  }
  const entry = recorded.get(db, { command: bytes }) ?? recordedInFork.get(db, { command: bytes });
  return entry === undefined ? undefined : { state: 'recorded', seq: entry.seq };
}

export function keepAnswer(
  db: WriteDb,
  kept: {
    readonly command: CommandId;
    readonly operation: string;
    readonly actor: StaffId | null;
    readonly inputHash: Uint8Array;
    readonly answer: unknown;
    readonly now: number;
  },
): void {
  insert.run(db, {
    command: uuidToBytes(kept.command),
    operation: kept.operation,
    actor: kept.actor === null ? null : uuidToBytes(kept.actor),
    input_hash: kept.inputHash,
    answer: JSON.stringify(kept.answer),
    at: new Date(kept.now).toISOString(),
  });
}

/** Forgets answers older than {@link answersKept_ms}. */
export function pruneAnswers(db: WriteDb, now: number): void {
  prune.run(db, { before: new Date(now - answersKept_ms).toISOString() });
}
