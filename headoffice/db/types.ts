/** How values of PostgreSQL become values of ours: text and safe integers, never a float and never a local date. */
import pg from 'pg';

const oid = { int8: 20, date: 1082, timestamp: 1114, timestamptz: 1184, numeric: 1700 } as const;

/** A whole number of 8 bytes. Throws a `RangeError` beyond what a number holds exactly. */
function readInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError('an integer of the database is too large to be exact');
  return value;
}

/** `2026-11-21 09:30:00.123456+00` as `2026-11-21T09:30:00.123Z`. The session's zone is UTC. */
function readInstant(text: string): string {
  const match = /^(\d{4,}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d+))?\+00$/.exec(text);
  if (match === null) throw new TypeError('an instant of the database is not in UTC');
  const [, date = '', time = '', fraction = ''] = match;
  return `${date}T${time}.${fraction.slice(0, 3).padEnd(3, '0')}Z`;
}

const readers: Readonly<Record<number, (text: string) => unknown>> = {
  [oid.int8]: readInteger,
  [oid.date]: (text) => text,
  [oid.timestamptz]: readInstant,
};

function refuse(type: string): never {
  throw new TypeError(`${type} is not read here: cast it`);
}

/** For `pg`'s option `types`. */
export const typeParsers: pg.CustomTypesConfig = {
  getTypeParser: (id: number, format?: string) => {
    // A sum of bigints is numeric: the statement has to say that it fits.
    if (id === oid.numeric || id === oid.timestamp) return () => refuse(id === oid.numeric ? 'numeric' : 'timestamp');
    return readers[id] ?? pg.types.getTypeParser(id, format === 'binary' ? 'binary' : 'text');
  },
};
