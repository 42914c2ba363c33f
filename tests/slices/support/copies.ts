/** Backups and copies of a shop's file, and other PCs that open them. */
import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { openTillFile, openTillFileToRead } from '../../../electron/till/db/open.ts';
import { rebuildTill } from '../../../electron/till/journal/rebuild.ts';
import { verifyJournal } from '../../../electron/till/journal/verify.ts';
import { tillMigrations } from '../../../migrations/till/list.ts';
import { decodeEntry, type Envelope } from '../../../shared/journal/envelope.ts';
import type { OutgoingEntry } from '../../../sync/ports.ts';
import { dump } from '../../journal/dump.ts';
import { openSellingShop, type SellingShop } from './selling.ts';
import { newTill, type TestTill, type TestTillOptions } from './till.ts';

export interface Copies {
  readonly shop: SellingShop;
  /** A copy of a shop's file as it is now. */
  backUp(of?: SellingShop): string;
  /** The same shop on the file of a backup; on another PC unless it gets this one's mark, or another. */
  reopen(from: string, mark?: TestTillOptions['mark']): SellingShop;
  /** That a till's file is whole, and that its tables are what its journal makes of them. */
  expectSound(till: TestTill): void;
  end(): void;
}

/** A shop that sells, and a folder for its copies. To be ended by the test. */
export async function openCopies(): Promise<Copies> {
  const folder = mkdtempSync(join(tmpdir(), 'evertill-copies-'));
  const shop = await openSellingShop();
  const opened: TestTill[] = [];
  const fresh = (name: string) => join(folder, `${name}-${readdirSync(folder).length}.db`);
  return {
    shop,
    backUp: (of = shop) => {
      const path = fresh('backup');
      of.restart();
      of.till.close();
      copyFileSync(of.path, path);
      of.restart();
      return path;
    },
    reopen: (from, mark) => {
      const till = newTill({ seed: `copy ${opened.length}`, copyOf: from, ...(mark === undefined ? {} : { mark }) });
      opened.push(till);
      const manager = { ...shop.manager, client: till.clientOf(shop.manager.token) };
      const { card, cheese, mug, tea } = shop;
      return Object.assign(till, { manager, card, cheese, mug, tea });
    },
    expectSound: (till) => {
      till.restart();
      const file = openTillFileToRead(till.path);
      const made = openTillFile(fresh('made'), { create: true, migrations: tillMigrations });
      try {
        expect(verifyJournal(file).bad).toBeNull();
        expect(rebuildTill(file, made.writer).bad).toBeNull();
        expect(dump(made.reader)).toEqual(dump(file));
      } finally {
        made.close();
        file.close();
      }
    },
    end: () => {
      for (const till of opened) till.end();
      shop.end();
      rmSync(folder, { recursive: true });
    },
  };
}

export const entriesOf = ({ till }: TestTill, after = 0): readonly OutgoingEntry[] =>
  till.sync.entriesAfter(after, { count: 10_000, bytes: 100_000_000 });

export const envelopesOf = (till: TestTill, after = 0): Envelope[] =>
  entriesOf(till, after).map(({ bytes }) => decodeEntry(bytes));

/** The receipts that a till shows, sorted. */
export async function receiptsOf({ manager }: SellingShop): Promise<string[]> {
  const { sales } = await manager.client.sale.list({ text: '', before_seq: null, limit: 100 });
  return sales.map(({ receipt_number }) => receipt_number).toSorted();
}
