import { offsetMinutes } from '../../electron/till/zone.ts';

/**
 * The instant, in milliseconds since 1970, at which the clock on the shop's wall showed `wall_time`
 * (`2010-12-01 08:26:00`). In the hour that an autumn night has twice, the first.
 */
export function instantOf(zone: string, wall_time: string): number {
  const asUtc = Date.parse(`${wall_time.replace(' ', 'T')}Z`);
  if (Number.isNaN(asUtc)) throw new TypeError(`${wall_time} is no time`);
  // The offset that holds at the wrong instant is right but within hours of a change; asked again there, it is exact.
  const near = asUtc - offsetMinutes(zone, asUtc) * 60_000;
  const instant = asUtc - offsetMinutes(zone, near) * 60_000;
  const hour_ms = 3_600_000;
  const earlier = instant - hour_ms;
  return earlier + offsetMinutes(zone, earlier) * 60_000 === asUtc ? earlier : instant;
}
