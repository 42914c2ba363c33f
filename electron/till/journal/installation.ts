/**
 * Which copy of a till this is. The file alone can't know: it may have been put back from a backup, or copied to another
 * PC. So this PC keeps, outside the file, which installation it is and how far its journal had come. Where the two
 * disagree the till opens an epoch, with a receipt series of its own, before it writes anything else: no printed number
 * comes twice (docs/decisions/0007).
 */
import { fromHex, type InstallationId, toHex } from '../../../shared/ids.ts';
import { type Head, isSameHash } from '../../../shared/journal/chain.ts';
import { newId } from '../context.ts';
import type { TillFile } from '../db/open.ts';
import type { ReadDb } from '../db/statement.ts';
import type { Mark, Ports } from '../ports.ts';
import { entryHashAt, journalHead, type TillIdentity, tillIdentity } from './head.ts';

/** Why an epoch has to be opened. */
export type EpochReason = 'restored' | 'replaced' | 'cloned';

export interface Installation {
  /** Which installation this PC is; that of the file where none was set up. */
  own(identity: TillIdentity): InstallationId;
  /** Why an epoch is due before the next entry; undefined when none is. */
  epochDue(identity: TillIdentity): EpochReason | undefined;
  /** From here on this PC is another one than the file says: it was found to be a copy. */
  becomeOwn(): void;
  /** Looks again whether what this PC remembers is in the file: entries were restored. */
  lookAgain(): void;
  /** Remembers how far the journal has come. Written when nobody waits for it, so it may be some entries behind. */
  remember(): void;
  /** The till was left: whatever is set up here next is another one. */
  forget(): void;
}

/** Compares what this PC remembers with the file. */
export function openInstallation(file: Pick<TillFile, 'writer'>, ports: Ports): Installation {
  const found = tillIdentity(file.writer);
  // Before set-up there is nothing to compare with: a mark is of a till that was left, or of a set-up that was cut short.
  let mark = found === undefined ? undefined : ports.mark.read();
  let wasCopied = false;
  const begin = (head: Head | undefined): void => {
    const fresh: Mark = {
      installation: newId<InstallationId>(ports, ports.clock.now()),
      seq: head?.seq ?? 0,
      hash: head === undefined ? null : toHex(head.hash),
    };
    mark = fresh;
    wasCopied = true;
    ports.mark.write(fresh);
  };
  if (found !== undefined && mark === undefined) begin(journalHead(file.writer));
  /** The epoch in which entries are missing; another one leaves it behind. */
  let lostIn = found !== undefined && isLost(file.writer, mark) ? found.epoch : undefined;

  /** Set-up writes the first one, while the till is open. */
  const marked = (): Mark | undefined => (mark ??= ports.mark.read());

  const epochDue = (identity: TillIdentity): EpochReason | undefined => {
    marked();
    if (mark !== undefined && mark.installation !== identity.installation) return wasCopied ? 'cloned' : 'replaced';
    return lostIn === identity.epoch ? 'restored' : undefined;
  };
  return {
    own: (identity) => marked()?.installation ?? identity.installation,
    epochDue,
    becomeOwn: () => begin(journalHead(file.writer)),
    lookAgain: () => {
      if (lostIn !== undefined && !isLost(file.writer, mark)) lostIn = undefined;
    },
    remember: () => {
      const identity = tillIdentity(file.writer);
      const head = journalHead(file.writer);
      // Once remembered, what is missing would be forgotten.
      if (identity === undefined || head === undefined || epochDue(identity) !== undefined) return;
      if (mark?.seq === head.seq && mark.installation === identity.installation) return;
      mark = { installation: identity.installation, seq: head.seq, hash: toHex(head.hash) };
      ports.mark.write(mark);
    },
    forget: () => {
      mark = undefined;
      wasCopied = false;
      lostIn = undefined;
      ports.mark.clear();
    },
  };
}

/** Whether this PC remembers an entry that is not in the file. */
function isLost(db: ReadDb, mark: Mark | undefined): boolean {
  if (mark === undefined || mark.hash === null) return false;
  const held = entryHashAt(db, mark.seq);
  return held === undefined || !isSameHash(held, fromHex(mark.hash));
}
