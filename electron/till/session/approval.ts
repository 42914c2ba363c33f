/** Approvals: a second person allows one command, named by its UUID. Held for a few minutes and used once. */
import type { Access } from '../../../shared/contract/define.ts';
import { type CommandId, isUuid, type StaffId, uuidFromBytes, uuidToBytes } from '../../../shared/ids.ts';
import { fields, type ReadDb, reads, type WriteDb, writes } from '../db/statement.ts';

export const approvalHeld_ms = 5 * 60 * 1000;

const find = reads<{ approval: Uint8Array; command: Uint8Array; permission: string; since: string }>()((q, p) =>
  q
    .selectFrom('approvals')
    .select('approver')
    .where('approval', '=', p.approval)
    .where('command', '=', p.command)
    .where('permission', '=', p.permission)
    .where('given_at', '>=', p.since),
);
const insert = writes<{
  approval: Uint8Array;
  approver: Uint8Array;
  permission: string;
  command: Uint8Array;
  given_at: string;
}>()((q, p) =>
  q.insertInto('approvals').values(fields(p, 'approval', 'approver', 'permission', 'command', 'given_at')),
);
const remove = writes<{ approval: Uint8Array }>()((q, p) =>
  q.deleteFrom('approvals').where('approval', '=', p.approval),
);
const prune = writes<{ before: string }>()((q, p) => q.deleteFrom('approvals').where('given_at', '<', p.before));

/** Who approved this command for this permission; undefined when nobody did, or too long ago. */
export function findApprover(
  db: ReadDb,
  asked: { readonly approval: string; readonly command: CommandId; readonly access: Access; readonly now: number },
): StaffId | undefined {
  if (!isUuid(asked.approval)) return undefined;
  const row = find.get(db, {
    approval: uuidToBytes(asked.approval),
    command: uuidToBytes(asked.command),
    permission: asked.access,
    since: new Date(asked.now - approvalHeld_ms).toISOString(),
  });
  return row === undefined ? undefined : uuidFromBytes(row.approver);
}

/** Uses an approval up. */
export function takeApproval(db: WriteDb, approval: string): void {
  if (isUuid(approval)) remove.run(db, { approval: uuidToBytes(approval) });
}

/** Keeps an approval, and forgets those that nobody used in time. */
export function keepApproval(
  db: WriteDb,
  given: {
    readonly approval: Uint8Array;
    readonly approver: Uint8Array;
    readonly permission: string;
    readonly command: Uint8Array;
    readonly now: number;
  },
): void {
  prune.run(db, { before: new Date(given.now - approvalHeld_ms).toISOString() });
  insert.run(db, {
    approval: given.approval,
    approver: given.approver,
    permission: given.permission,
    command: given.command,
    given_at: new Date(given.now).toISOString(),
  });
}
