import { useFormat } from '../../ui/index.ts';

/** An instant with the offset of the till's own clock, which is the time that stands on the receipt. */
export interface Stamp {
  readonly at: string;
  /** Minutes east of UTC. */
  readonly offset: number;
}

export interface StoreTime {
  /** `14:32:07` */
  time(stamp: Stamp): string;
  /** `20 Nov 2026` */
  day(stamp: Stamp): string;
  /** `20 Nov 2026, 14:32:07` */
  moment(stamp: Stamp): string;
}

/** The time on the shop's wall, whatever zone this browser is in: the offset is on the record. */
export function useStoreTime(): StoreTime {
  const { locale } = useFormat();
  const time = { hour: '2-digit', minute: '2-digit', second: '2-digit' } as const;
  const day = { day: 'numeric', month: 'short', year: 'numeric' } as const;
  const times = new Intl.DateTimeFormat(locale, { ...time, timeZone: 'UTC' });
  const days = new Intl.DateTimeFormat(locale, { ...day, timeZone: 'UTC' });
  const moments = new Intl.DateTimeFormat(locale, { ...day, ...time, timeZone: 'UTC' });
  // Shifted by its offset, an instant reads in UTC what the clock on the wall showed.
  const wall = ({ at, offset }: Stamp) => new Date(Date.parse(at) + offset * 60_000);
  return {
    time: (stamp) => times.format(wall(stamp)),
    day: (stamp) => days.format(wall(stamp)),
    moment: (stamp) => moments.format(wall(stamp)),
  };
}
