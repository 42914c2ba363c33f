import {
  CircleCheck,
  CircleSlash,
  Clock,
  CloudUpload,
  CopyX,
  GitFork,
  History,
  Hourglass,
  LogOut,
  type LucideIcon,
  Sparkles,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Chip, type Severity, useFormat } from '../../ui/index.ts';
import type { TillRow } from '../data/operations.ts';
import { useDuration } from '../frame/use-words.ts';

const signs: Readonly<Record<TillRow['state'], { readonly severity: Severity; readonly icon: LucideIcon }>> = {
  replaced: { severity: 'bad', icon: CopyX },
  fork: { severity: 'bad', icon: GitFork },
  behind: { severity: 'warn', icon: History },
  waiting: { severity: 'warn', icon: CloudUpload },
  silent: { severity: 'warn', icon: Clock },
  unfinished: { severity: 'warn', icon: Hourglass },
  new: { severity: 'info', icon: Sparkles },
  left: { severity: 'info', icon: LogOut },
  inactive: { severity: 'info', icon: CircleSlash },
  equal: { severity: 'ok', icon: CircleCheck },
};

/** Where a till stands against the head office, in a sign and a word. */
export function TillState({ now, till }: { readonly till: TillRow; readonly now: string }): ReactNode {
  const { t } = useTranslation('headoffice');
  const duration = useDuration();
  const { icon, severity } = signs[till.state];
  const unseen = till.last_seen_at === null ? '' : duration(Date.parse(now) - Date.parse(till.last_seen_at));
  const words = till.state === 'silent' ? unseen : t(`tills.state.${till.state}`);
  return (
    <Chip icon={icon} severity={severity}>
      {words}
    </Chip>
  );
}

/** A clock is measured by a call that may take so long: less than this says nothing. */
const measured_ms = 15_000;

/** How far a till's clock is off, in words; nothing where that is no more than its measuring. */
export function useClockWords(): (till: Pick<TillRow, 'clock_offset_ms'>) => string | undefined {
  const { t } = useTranslation('headoffice');
  const duration = useDuration();
  return ({ clock_offset_ms }) => {
    if (clock_offset_ms === null || Math.abs(clock_offset_ms) < measured_ms) return undefined;
    const off = duration(Math.abs(clock_offset_ms));
    return t(clock_offset_ms > 0 ? 'tills.clockFast' : 'tills.clockSlow', { duration: off });
  };
}

/** What stands under a till's name: why it is as it is, else its store. */
export function useTillDetail(now: string): (till: TillRow) => string {
  const { t } = useTranslation('headoffice');
  const duration = useDuration();
  const format = useFormat();
  return (till) => {
    if (till.state === 'silent') return t('tills.detail.silent');
    if (till.state === 'unfinished') return t('tills.detail.unfinished', { time: format.dateTime(till.decided_at) });
    if (till.state === 'waiting' && till.last_seen_at !== null) {
      return t('tills.detail.waiting', { duration: duration(Date.parse(now) - Date.parse(till.last_seen_at)) });
    }
    if (
      till.state === 'replaced' ||
      till.state === 'fork' ||
      till.state === 'behind' ||
      till.state === 'new' ||
      till.state === 'left'
    ) {
      return t(`tills.detail.${till.state}`);
    }
    return till.store_name;
  };
}
