/** Receipt series: each epoch has one of its own, so that no printed number comes twice. */
import { epochOpened } from '../../../shared/journal/kinds/chain-kinds.ts';
import { decodeEntry } from '../../../shared/journal/envelope.ts';
import { type ReadDb, reads } from '../db/statement.ts';
import type { Random } from '../ports.ts';

/** The series of the first epoch. */
export const firstSeries = 'A';

/** Letters and digits that can't be taken for one another: no 0, O, 1, I or L. */
const signs = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';

const openings = reads()((q) => q.selectFrom('journal').select('bytes').where('kind', '=', 'epoch.opened'));

/**
 * A series that this journal has not used: three random characters. Another copy of the till may open an epoch at the same
 * moment, without a network; that it draws the same is one in 29,791.
 */
export function newSeries(db: ReadDb, random: Random): string {
  const used = new Set(openings.all(db, {}).map(({ bytes }) => epochOpened.read(decodeEntry(bytes).body).series));
  for (;;) {
    const drawn = Array.from(random.bytes(3), (byte) => signs[byte % signs.length]).join('');
    if (!used.has(drawn)) return drawn;
  }
}
