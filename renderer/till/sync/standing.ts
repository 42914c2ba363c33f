/** The state of the sync in words: what it is at, what is in the way, and what to do. */
import type { TFunction } from 'i18next';
import type { Severity } from '../../ui/index.ts';
import type { SyncStatus } from '../data/operations.ts';

export interface Standing {
  readonly severity: Severity;
  readonly title: string;
  readonly hint: string;
  /** What to name on the telephone; null where there is nothing to name. */
  readonly code: string | null;
}

const refusals = ['installation', 'deactivated', 'login', 'certificate'] as const;

/** A fork is a chain that does not fit, and so is whatever a newer head office may call it. */
function refusalOf(reason: string | null): (typeof refusals)[number] | 'chain' {
  return refusals.find((known) => known === reason) ?? 'chain';
}

export function standingOf(status: SyncStatus, t: TFunction<'sync'>): Standing {
  const { doing, fault, reason, state } = status;
  switch (state) {
    case 'standalone':
      return { severity: 'ok', title: t('standaloneTitle'), hint: t('standaloneHint'), code: null };
    case 'confirmed':
      return { severity: 'ok', title: t('confirmedTitle'), hint: t('confirmedHint'), code: null };
    case 'waiting':
      return {
        severity: 'warn',
        title: t('waitingTitle', { count: status.waiting }),
        hint: t('waitingHint'),
        code: null,
      };
    case 'refused': {
      const why = refusalOf(reason);
      const words = { title: t(`refused.${why}.title`), hint: t(`refused.${why}.hint`) };
      return { severity: 'bad', ...words, code: why === 'chain' ? reason : null };
    }
    case 'offline':
      if (doing === 'comparing' || doing === 'fetching' || doing === 'settling')
        return { severity: 'info', title: t(`doing.${doing}.title`), hint: t(`doing.${doing}.hint`), code: null };
      if (fault === null)
        return { severity: 'info', title: t('doing.connecting.title'), hint: t('doing.connecting.hint'), code: null };
      return faultInWords(status, fault, t);
  }
}

function faultInWords(
  { incident, reason }: SyncStatus,
  fault: NonNullable<SyncStatus['fault']>,
  t: TFunction<'sync'>,
): Standing {
  // Both are refused at once, so that nobody sees them here but for a moment; a slow server is a busy one.
  const why = fault === 'login' || fault === 'certificate' ? 'unreachable' : fault === 'timeout' ? 'busy' : fault;
  return {
    severity: 'warn',
    title: t(`fault.${why}.title`),
    hint: t(`fault.${why}.hint`),
    // What an answer was not is told in sentences, for the log alone.
    code: [fault === 'answer' ? null : reason, incident].filter((part) => part !== null).join(' · ') || null,
  };
}
