/** How this till comes back to one chain with its head office: what it lost is put back, and a fork is settled. */
import { rmSync } from 'node:fs';
import type { TillEvent } from '../../../shared/contract/till.ts';
import { type CommandId, toHex } from '../../../shared/ids.ts';
import { entryHash, genesisHash, isSameHash } from '../../../shared/journal/chain.ts';
import { decodeEntry } from '../../../shared/journal/envelope.ts';
import { endSoldBaskets } from '../basket/repository.ts';
import { newId } from '../context.ts';
import { type Migration, openTillFile, type TillFile } from '../db/open.ts';
import { reads } from '../db/statement.ts';
import { transact } from '../db/transact.ts';
import { fail } from '../failure.ts';
import { journalHead, tillIdentity } from '../journal/head.ts';
import type { Installation } from '../journal/installation.ts';
import { keepReceived } from '../journal/payloads.ts';
import { isCatalogueKind } from '../journal/project.ts';
import { settleFork } from '../journal/settle.ts';
import { sha256 } from '../journal/sha256.ts';
import { insertTaken, takeEntry } from '../journal/take.ts';
import { journalWriter } from '../journal/writer.ts';
import type { Ports } from '../ports.ts';
import { findSettings } from '../settings/read.ts';
import { offsetMinutes } from '../zone.ts';
import type { OutgoingEntry } from './outgoing.ts';

const opensEpochAfter = reads<{ base: number }>()((q, p) =>
  q.selectFrom('journal').select('seq').where('kind', '=', 'epoch.opened').where('seq', '>', p.base).limit(1),
);

/** What {@link createRepair} answers; the shape that sync asks for. */
export interface Repair {
  restore(entries: readonly OutgoingEntry[]): void;
  settle(base: number, theirs: readonly OutgoingEntry[]): Promise<void>;
}

export interface RepairParts {
  readonly file: TillFile;
  readonly ports: Ports;
  readonly installation: Installation;
  readonly migrations: readonly Migration[];
  readonly publish: (kind: TillEvent['kind']) => void;
}

export function createRepair({ file, installation, migrations, ports, publish }: RepairParts): Repair {
  const tell = () => {
    installation.remember();
    for (const kind of ['shift', 'sale', 'basket', 'session', 'sync'] as const) publish(kind);
  };

  /** Another PC wrote under this till's name: from here on this one has a name of its own. */
  const becomeOwn = () => {
    installation.becomeOwn();
    const now = ports.clock.now();
    transact(file.writer, () => {
      const command = newId<CommandId>(ports, now);
      const { random } = ports;
      journalWriter(file.writer, {
        command,
        isNew: true,
        actor: null,
        approver: null,
        now,
        installation,
        random,
      }).identity();
    });
    ports.log.warn('sync.copied');
  };

  const settle = (base: number, theirs: readonly OutgoingEntry[]) => {
    const now = ports.clock.now();
    const identity = tillIdentity(file.writer) ?? fail('setup.not_done');
    const head = journalHead(file.writer) ?? fail('setup.not_done');
    const zone = findSettings(file.writer)?.zone;
    const copyPath = `${file.path}.settling`;
    const remove = () => {
      for (const suffix of ['', '-wal', '-shm', '.lock']) rmSync(`${copyPath}${suffix}`, { force: true });
    };
    remove();
    try {
      file.writer.connection.prepare('VACUUM INTO ?').run(copyPath);
      const copy = openTillFile(copyPath, { create: false, migrations });
      try {
        settleFork(copy.writer, {
          base,
          theirs,
          installation: installation.own(identity),
          command: newId(ports, now),
          random: ports.random,
          now,
          offset: zone === undefined ? 0 : offsetMinutes(zone, now),
        });
      } finally {
        copy.close();
      }
      file.replaceBy(copyPath, `${file.path}.fork-${toHex(head.hash).slice(0, 16)}`);
      ports.log.info('sync.settled', { base, theirs: theirs.length, own: head.seq - base });
    } finally {
      remove();
    }
  };

  return {
    restore: (entries) => {
      transact(file.writer, () => {
        const head = journalHead(file.writer);
        let seq = head?.seq ?? 0;
        let hash = head?.hash;
        for (const entry of entries) {
          const envelope = decodeEntry(entry.bytes);
          seq += 1;
          hash = entryHash(sha256, hash ?? genesisHash(sha256, envelope.installation), entry.bytes);
          if (envelope.seq !== seq || !isSameHash(hash, entry.hash))
            throw new Error(`the head office's entry ${entry.seq} does not follow ours`);
          keepReceived(file.writer, entry.payloads);
          // The catalogue is the head office's where the till has joined one: the feed brings it.
          if (isCatalogueKind(envelope.kind)) insertTaken(file.writer, entry, envelope);
          else takeEntry(file.writer, entry, envelope);
        }
        endSoldBaskets(file.writer);
      });
      installation.lookAgain();
      tell();
    },
    settle: (base, theirs) => {
      const own = tillIdentity(file.writer) ?? fail('setup.not_done');
      const [first] = theirs;
      const isUnderOurName = first !== undefined && decodeEntry(first.bytes).installation === installation.own(own);
      if (isUnderOurName && opensEpochAfter.get(file.writer, { base }) === undefined) becomeOwn();
      else settle(base, theirs);
      tell();
      return Promise.resolve();
    },
  };
}
