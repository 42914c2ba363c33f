/** Store time: the clock on the shop's wall, whatever zone the PC believes it is in. */

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(zone: string): Intl.DateTimeFormat {
  let found = formatters.get(zone);
  if (found === undefined) {
    found = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      calendar: 'iso8601',
      numberingSystem: 'latn',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    });
    formatters.set(zone, found);
  }
  return found;
}

/** Whether `zone` is an IANA zone that this runtime knows. */
export function isZone(zone: string): boolean {
  try {
    formatter(zone);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

// Offsets change at whole quarter hours only, so one look-up serves a quarter of an hour of sales.
const quarter_ms = 15 * 60 * 1000;
let last: { readonly zone: string; readonly quarter: number; readonly offset: number } | undefined;

/** Minutes east of UTC in `zone` at `now` (milliseconds since 1970). */
export function offsetMinutes(zone: string, now: number): number {
  const quarterStart = Math.floor(now / quarter_ms);
  if (last?.zone === zone && last.quarter === quarterStart) return last.offset;
  const parts = new Map<string, number>(
    formatter(zone)
      .formatToParts(now)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (type: string) => parts.get(type) ?? 0;
  const wall = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  const offset = Math.round((wall - Math.floor(now / 1000) * 1000) / 60_000);
  last = { zone, quarter: quarterStart, offset };
  return offset;
}

/** The date of the calendar in `zone` at `now`: `2026-11-21`. */
export function dateIn(zone: string, now: number): string {
  return new Date(now + offsetMinutes(zone, now) * 60_000).toISOString().slice(0, 10);
}

/** Whole days from one date to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}
