/** What somebody can do who has the file, SQL, and a program for SHA-256: anything but know the head office's head. */
import { type InstallationId, uuidToBytes } from '../../shared/ids.ts';
import { entryHash, genesisHash } from '../../shared/journal/chain.ts';
import { decodeEntry, encodeEntry, type Envelope } from '../../shared/journal/envelope.ts';
import type { TillFile } from '../../electron/till/db/open.ts';
import { sha256 } from './make.ts';

const guards = ['journal_no_update', 'journal_no_delete', 'journal_in_order', 'private_payloads_no_update'];

/** Runs SQL behind the back of the triggers, and puts them back. */
export function behindTheTriggers({ writer: { connection } }: TillFile, work: () => void): void {
  const sql = guards.map(
    (name) =>
      connection.prepare<[string], string>('SELECT sql FROM sqlite_schema WHERE name = ?').pluck().get(name) ?? '',
  );
  for (const name of guards) connection.exec(`DROP TRIGGER ${name}`);
  work();
  for (const text of sql) connection.exec(text);
}

/** Writes the journal anew from envelopes that were changed, every hash and every column made good. */
export function forge(file: TillFile, change: (envelopes: readonly Envelope[]) => readonly Envelope[]): void {
  const { connection } = file.writer;
  const entries = connection.prepare<[], Uint8Array>('SELECT bytes FROM journal ORDER BY seq').pluck().all();
  const changed = change(entries.map((bytes) => decodeEntry(bytes)));
  behindTheTriggers(file, () => {
    connection.exec('DELETE FROM journal');
    const insert = connection.prepare(
      `INSERT INTO journal (seq, hash, epoch, kind, version, command, n, at, business_date, bytes)
       VALUES (CAST(? AS INTEGER), ?, CAST(? AS INTEGER), ?, CAST(? AS INTEGER), ?, CAST(? AS INTEGER), ?, ?, ?)`,
    );
    let hash = genesisHash(sha256, changed[0]?.installation ?? ('' as InstallationId));
    for (const [i, envelope] of changed.entries()) {
      const { epoch, kind, version, command, n, at, business_date } = envelope;
      const bytes = encodeEntry(envelope);
      hash = entryHash(sha256, hash, bytes);
      insert.run(i + 1, hash, epoch, kind, version, uuidToBytes(command), n, at, business_date, bytes);
    }
  });
}
