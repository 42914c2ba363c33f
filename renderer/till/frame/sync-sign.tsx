import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { SyncChip, type SyncState } from '../../ui/index.ts';
import type { SyncStatus } from '../data/operations.ts';
import { useAsk } from '../data/use-ask.ts';
import { useMinute } from './clock.ts';

/** What waits for less than this is on its way, not stuck. */
const calm_ms = 15_000;

/** How long something has been waiting, in the largest unit that fits. */
export function ageText(since: string, now: string, t: TFunction): string {
  const minutes = Math.max(0, Math.floor((Date.parse(now) - Date.parse(since)) / 60_000));
  if (minutes < 1)
    return t('seconds', { count: Math.max(0, Math.floor((Date.parse(now) - Date.parse(since)) / 1000)) });
  if (minutes < 60) return t('minutes', { count: minutes });
  if (minutes < 48 * 60) return t('hours', { count: Math.floor(minutes / 60) });
  return t('days', { count: Math.floor(minutes / 1440) });
}

/** The one sign of sync, as state and words. */
export function signOf(
  status: SyncStatus | undefined,
  now: string,
  t: TFunction<['sync', 'common']>,
  common: TFunction,
): { readonly state: SyncState; readonly words: string } {
  if (status === undefined) return { state: 'waiting', words: t('chip.unknown') };
  const { confirmed_seq: confirmed, head_seq: head, oldest_waiting_at: oldest, state, waiting } = status;
  const isCalm = state === 'waiting' && oldest !== null && Date.parse(now) - Date.parse(oldest) < calm_ms;
  if (state === 'standalone') return { state: 'confirmed', words: t('chip.standalone') };
  if (status.doing === 'comparing' || status.doing === 'fetching' || status.doing === 'settling')
    return { state: 'waiting', words: t('chip.settling') };
  if (state === 'refused') return { state: 'stopped', words: t('chip.refused') };
  if (state === 'confirmed' || isCalm || (state === 'waiting' && waiting === 0))
    return { state: 'confirmed', words: t('chip.confirmed', { confirmed, head }) };
  if (waiting === 0) return { state: 'waiting', words: t('chip.offline') };
  if (oldest === null) return { state: 'waiting', words: t('chip.waitingNow', { waiting }) };
  return { state: 'waiting', words: t('chip.waiting', { waiting, age: ageText(oldest, now, common) }) };
}

/** The sync sign in the bar; it opens what stands behind it. */
export function SyncSign(): ReactNode {
  const { t } = useTranslation(['sync', 'common']);
  const { t: common } = useTranslation('common');
  const [, goTo] = useLocation();
  const status = useAsk('sync.status', {});
  const minute = useMinute();
  // The minute moves the age on; a fresh answer is newer than the last full minute.
  const now = new Date(Math.max(Date.parse(minute), status.dataUpdatedAt)).toISOString();
  const { state, words } = signOf(status.data, now, t, common);
  return (
    <SyncChip onPress={() => goTo('/sync')} state={state}>
      {words}
    </SyncChip>
  );
}
