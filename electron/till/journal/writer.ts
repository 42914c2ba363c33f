import { type CommandId, type InstallationId, type StaffId, toHex, uuidToBytes } from '../../../shared/ids.ts';
import { genesisHash } from '../../../shared/journal/chain.ts';
import type { Body, KindName } from '../../../shared/journal/kinds.ts';
import type { AppendOptions, CommandContext } from '../context.ts';
import { reads, type WriteDb } from '../db/statement.ts';
import { fail } from '../failure.ts';
import type { Random } from '../ports.ts';
import { findSettings } from '../settings/read.ts';
import { findOpenShift } from '../shift/find.ts';
import { offsetMinutes } from '../zone.ts';
import { appendEntry } from './append.ts';
import { sha256 } from './sha256.ts';
import { type EntryIdentity, journalHead, type TillIdentity, tillIdentity } from './head.ts';
import type { Installation } from './installation.ts';
import { keepPayloads } from './payloads.ts';
import { newSeries } from './series.ts';

const lastOfCommand = reads<{ command: Uint8Array }>()((q, p) =>
  q
    .selectFrom('journal')
    .select((eb) => eb('n', '+', eb.lit(1)).as('next'))
    .where('command', '=', p.command)
    .orderBy('n', 'desc')
    .limit(1),
);

/** Whose entries a writer writes, and when. */
export interface WrittenBy {
  readonly command: CommandId;
  /** Whether it is known to have written nothing before. */
  readonly isNew: boolean;
  readonly actor: StaffId | null;
  readonly approver: StaffId | null;
  readonly now: number;
  readonly installation: Installation;
  readonly random: Random;
}

/**
 * `append` of one command: it knows who, when, which till and which day, and counts the command's entries. Where an epoch
 * is due, it opens that first.
 */
export function journalWriter(db: WriteDb, by: WrittenBy): Pick<CommandContext, 'append' | 'identity'> {
  // A command whose answer isn't kept may come again and write again (a second wrong PIN): it counts on from there.
  let n = by.isNew ? 0 : undefined;
  const write = <Name extends KindName>(
    identity: EntryIdentity,
    kind: Name,
    body: Body<Name>,
    options: AppendOptions = {},
  ): { readonly seq: number } => {
    n ??= lastOfCommand.get(db, { command: uuidToBytes(by.command) })?.next ?? 0;
    const settings = findSettings(db);
    const businessDate =
      options.business_date === undefined ? (findOpenShift(db)?.business_date ?? null) : options.business_date;
    keepPayloads(db, options.payloads ?? []);
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
      private: (options.payloads ?? []).map(({ hash }) => hash),
    });
    n += 1;
    return { seq };
  };
  const identity = ({ countsOn } = { countsOn: false }): TillIdentity => {
    if (countsOn) n = undefined;
    const found = tillIdentity(db) ?? fail('setup.not_done');
    const reason = by.installation.epochDue(found);
    if (reason === undefined) return found;
    write({ ...found, installation: by.installation.own(found), epoch: found.epoch + 1 }, 'epoch.opened', {
      reason,
      previous_head: previousHead(db, found),
      series: newSeries(db, by.random),
    });
    return tillIdentity(db) ?? fail('setup.not_done');
  };
  return {
    identity,
    append: (kind, body, options = {}) => write(options.identity ?? identity(), kind, body, options),
  };
}

/** What `epoch.opened` names as the head before it: that of the chain as it is, `hash(0)` at the very first. */
export function previousHead(
  db: WriteDb,
  before: { readonly epoch: number; readonly installation: InstallationId },
): { epoch: number; seq: number; hash: string } {
  const head = journalHead(db) ?? { seq: 0, hash: genesisHash(sha256, before.installation) };
  return { epoch: before.epoch, seq: head.seq, hash: toHex(head.hash) };
}
