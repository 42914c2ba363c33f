import { RefreshCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import {
  Button,
  ErrorState,
  LoadingState,
  Notice,
  PageHeader,
  Panel,
  type Severity,
  SumList,
  SumRow,
  useFormat,
} from '../../ui/index.ts';
import type { SyncStatus } from '../data/operations.ts';
import { useAsk } from '../data/use-ask.ts';
import { useCommand } from '../data/use-command.ts';
import { useErrorText, useFailureText } from '../frame/failure-text.ts';
import { useAtTheTill } from '../frame/session-context.tsx';
import s from './sync-screen.module.css';

/** A clock that is off by less than this is right. */
const clockTolerance_ms = 5000;

/** What stands behind the sync sign: what the head office has, and what waits. */
export function SyncScreen(): ReactNode {
  const { t } = useTranslation('sync');
  const [, goTo] = useLocation();
  const { can } = useAtTheTill();
  const errorText = useErrorText();
  const failureText = useFailureText();
  const status = useAsk('sync.status', {});
  const tryNow = useCommand('sync.try_now');
  const found = status.data;
  return (
    <div className={s['page']}>
      <PageHeader
        actions={
          found !== undefined &&
          found.state !== 'standalone' &&
          can('sync.view') && (
            <Button icon={RefreshCw} isPending={tryNow.isPending} onPress={() => void tryNow.run({})}>
              {t('tryNow')}
            </Button>
          )
        }
        onBack={() => goTo('/')}
        title={t('title')}
      />
      {tryNow.failure !== undefined && <Notice severity="bad" title={failureText(tryNow.failure)} />}
      {found === undefined ? (
        status.error === null ? (
          <LoadingState />
        ) : (
          <ErrorState onRetry={() => void status.refetch()} title={t('failed')}>
            {errorText(status.error)}
          </ErrorState>
        )
      ) : (
        <Standing status={found} />
      )}
    </div>
  );
}

function Standing({ status }: { readonly status: SyncStatus }): ReactNode {
  const { t } = useTranslation(['sync', 'common']);
  const format = useFormat();
  const words: Readonly<
    Record<SyncStatus['state'], { readonly severity: Severity; readonly title: string; readonly hint: string }>
  > = {
    standalone: { severity: 'ok', title: t('standaloneTitle'), hint: t('standaloneHint') },
    confirmed: { severity: 'ok', title: t('confirmedTitle'), hint: t('confirmedHint') },
    waiting: { severity: 'warn', title: t('waitingTitle', { count: status.waiting }), hint: t('waitingHint') },
    offline: { severity: 'warn', title: t('offlineTitle'), hint: t('offlineHint') },
    refused: { severity: 'bad', title: t('refusedTitle'), hint: t('refusedHint') },
  };
  const { hint, severity, title } = words[status.state];
  const offset_ms = status.clock_offset_ms;
  return (
    <>
      <Notice severity={severity} title={title}>
        {hint} {status.reason !== null && t('reason', { reason: status.reason })}
      </Notice>
      <Panel label={t('title')}>
        <SumList>
          <SumRow label={t('here')}>
            <bdi>{format.integer(status.head_seq)}</bdi>
          </SumRow>
          {status.state !== 'standalone' && (
            <>
              <SumRow label={t('there')}>
                <bdi>{format.integer(status.confirmed_seq)}</bdi>
              </SumRow>
              <SumRow isStrong label={t('waiting')}>
                <bdi>{format.integer(status.waiting)}</bdi>
              </SumRow>
              {status.oldest_waiting_at !== null && (
                <SumRow label={t('oldest')}>{format.dateTime(status.oldest_waiting_at)}</SumRow>
              )}
              <SumRow label={t('last')}>
                {status.last_confirmed_at === null ? t('never') : format.dateTime(status.last_confirmed_at)}
              </SumRow>
              {offset_ms !== null && (
                <SumRow label={t('clock')}>
                  {Math.abs(offset_ms) < clockTolerance_ms
                    ? t('clockRight')
                    : t('clockOff', {
                        seconds: t('common:seconds', { count: Math.round(Math.abs(offset_ms) / 1000) }),
                      })}
                </SumRow>
              )}
            </>
          )}
        </SumList>
      </Panel>
    </>
  );
}
