/** A till's own entries as it gets them back from central. */
import { fromHex, type InstallationId, toHex } from '../../shared/ids.ts';
import type { CentralConnection, CentralPort } from '../../sync/central-port.ts';
import type { OutgoingEntry } from '../../sync/ports.ts';
import { sha256 } from './test-till.ts';

/** Connects, and ends the connection whatever comes of it. */
export async function connected<T>(
  central: CentralPort,
  work: (connection: CentralConnection) => Promise<T>,
): Promise<T> {
  const connection = await central.connect();
  try {
    return await work(connection);
  } finally {
    connection.destroy();
  }
}

/** Everything that central holds of a till, page by page. */
export async function fetchAll(
  central: CentralPort,
  installation: InstallationId,
  limit = { count: 3, bytes: 1_048_576 },
) {
  return await connected(central, async (connection) => {
    const entries: OutgoingEntry[] = [];
    for (;;) {
      const answer = await connection.fetch(installation, entries.length, limit);
      if (answer.answer !== 'entries') throw new Error(answer.reason);
      if (answer.entries.length === 0) return { entries, answer };
      for (const entry of answer.entries) {
        const payloads = entry.payloads.map((text) => Buffer.from(text, 'base64'));
        entries.push({
          seq: entry.seq,
          hash: fromHex(entry.hash),
          bytes: Buffer.from(entry.bytes, 'base64'),
          payloads: payloads.map((bytes) => ({ hash: sha256(bytes), bytes })),
        });
      }
    }
  });
}

/** Bytes and hashes, to be compared. */
export const texts = (entries: readonly OutgoingEntry[]) =>
  entries.map(({ bytes, hash }) => [toHex(bytes), toHex(hash)]);
