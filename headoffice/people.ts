/** Names of staff: private payloads, joined by their hash, so that erasing somebody leaves the journal whole. */
import type { StaffId } from '../shared/ids.ts';
import { FormatError } from '../shared/journal/canonical.ts';
import { openPayload } from '../shared/journal/payload.ts';
import type { ReadDb } from './db/transact.ts';

/** Who somebody is. */
export interface Person {
  readonly name: string;
  readonly login: string;
}

interface Row {
  readonly staff: StaffId;
  readonly bytes: Uint8Array | null;
}

/** Those of the given people whose payload is here; one that was erased, or has not come, is left out. */
export async function findPeople(
  db: ReadDb,
  staff: readonly (StaffId | null)[],
): Promise<ReadonlyMap<StaffId, Person>> {
  const wanted = [...new Set(staff.filter((one) => one !== null))];
  if (wanted.length === 0) return new Map();
  const rows = await db.rows<Row>(
    `select s.staff, p.bytes from staff s left join private_payloads p on p.store_id = 0 and p.hash = s.private
     where s.staff = any ($1)`,
    [wanted],
  );
  return new Map(
    rows.flatMap((row): [StaffId, Person][] => {
      const person = readPerson(row.bytes);
      return person === undefined ? [] : [[row.staff, person]];
    }),
  );
}

/** What a payload says somebody is called. */
export function readPerson(bytes: Uint8Array | null): Person | undefined {
  if (bytes === null) return undefined;
  try {
    const { name, login } = openPayload(bytes);
    return { name: name ?? '', login: login ?? '' };
  } catch (error) {
    // Bytes that a newer version wrote in another form: there is somebody, but no name to show.
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}

/** What is shown for somebody whose name is not here. */
export function markOf(staff: StaffId): string {
  return `#${staff.slice(-6)}`;
}
