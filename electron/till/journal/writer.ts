import { type CommandId, type StaffId, uuidToBytes } from '../../../shared/ids.ts';
import type { AppendOptions, CommandContext } from '../context.ts';
import { reads, type WriteDb } from '../db/statement.ts';
import { fail } from '../failure.ts';
import { findSettings } from '../settings/read.ts';
import { findOpenShift } from '../shift/find.ts';
import { offsetMinutes } from '../zone.ts';
import { appendEntry } from './append.ts';
import { tillIdentity } from './head.ts';

const lastOfCommand = reads<{ command: Uint8Array }>()((q, p) =>
  q
    .selectFrom('journal')
    .select((eb) => eb('n', '+', eb.lit(1)).as('next'))
    .where('command', '=', p.command)
    .orderBy('n', 'desc')
    .limit(1),
);

/** `append` of one command: it knows who, when, which till and which day, and counts the command's entries. */
export function journalWriter(
  db: WriteDb,
  by: {
    readonly command: CommandId;
    /** Whether it is known to have written nothing before. */
    readonly isNew: boolean;
    readonly actor: StaffId | null;
    readonly approver: StaffId | null;
    readonly now: number;
  },
): CommandContext['append'] {
  // A command whose answer isn't kept may come again and write again (a second wrong PIN): it counts on from there.
  let n = by.isNew ? 0 : undefined;
  return (kind, body, options: AppendOptions = {}) => {
    n ??= lastOfCommand.get(db, { command: uuidToBytes(by.command) })?.next ?? 0;
    const identity = options.identity ?? tillIdentity(db) ?? fail('setup.not_done');
    const settings = findSettings(db);
    const businessDate =
      options.business_date === undefined ? (findOpenShift(db)?.business_date ?? null) : options.business_date;
    const { seq } = appendEntry(db, {
      identity,
      kind,
      body,
      command: by.command,
      n,
      actor: by.actor,
      approver: by.approver,
      now: by.now,
      offset: settings === undefined ? 0 : offsetMinutes(settings.zone, by.now),
      business_date: businessDate,
      currency: settings?.currency ?? null,
      payloads: options.payloads ?? [],
    });
    n += 1;
    return { seq };
  };
}
