/** How much the model takes of one push: what hello told, and what the company's stream bears. */
import { type Candidate, readDoc } from './chain.ts';
import { isTransfer } from './transfers.ts';

export const sendingLimits = { entries: 200, bytes: 262_144, feed_rows: 500 } as const;
const mostWork = 1000;

/** What an entry does under the lock that every store wants: a transfer its lines and 20 more, a proposal 5. */
function workOf({ bytes }: Candidate): number {
  const doc = readDoc(bytes);
  if (doc === null) return 0;
  if (doc.kind === 'product.proposed' || doc.kind === 'product.edit_proposed') return 5;
  if (!isTransfer(doc.kind)) return 0;
  const lines: unknown = doc.body['lines'];
  return 20 + (Array.isArray(lines) ? lines.length : 0);
}

/** The entries that are taken: the first, and those after it up to the first that is too many or too much. */
export function withinLimits(entries: readonly Candidate[]): readonly Candidate[] {
  let size = 0;
  let work = 0;
  const end = entries.findIndex((entry, i) => {
    size += entry.bytes.length;
    work += workOf(entry);
    return i > 0 && (i >= sendingLimits.entries || size > sendingLimits.bytes || work > mostWork);
  });
  return end < 0 ? entries : entries.slice(0, end);
}
