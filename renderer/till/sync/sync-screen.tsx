import { RefreshCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { Button, ErrorState, LoadingState, Notice, PageHeader } from '../../ui/index.ts';
import type { SyncStatus } from '../data/operations.ts';
import { useAsk } from '../data/use-ask.ts';
import { useCommand } from '../data/use-command.ts';
import { useErrorText, useFailureText } from '../frame/failure-text.ts';
import { AsidePanel, ClosingsPanel, StandingPanel, WaitingPanel } from './panels.tsx';
import { standingOf } from './standing.ts';
import s from './sync-screen.module.css';

/** What stands behind the sync sign: what the head office has, what waits, what is in the way and what to do. */
export function SyncScreen(): ReactNode {
  const { t } = useTranslation('sync');
  const [, goTo] = useLocation();
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
          found.state !== 'standalone' && (
            <Button icon={RefreshCw} isPending={tryNow.isPending} onPress={() => void tryNow.run({})} shortcut="tryNow">
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
        <Behind status={found} />
      )}
    </div>
  );
}

function Behind({ status }: { readonly status: SyncStatus }): ReactNode {
  const { t } = useTranslation('sync');
  const details = useAsk('sync.details', {});
  const { code, hint, severity, title } = standingOf(status, t);
  const isJoined = status.state !== 'standalone';
  const found = details.data;
  return (
    <div className={s['scroll']}>
      <Notice severity={severity} title={title}>
        {hint}
        {code !== null && (
          <small className={s['code']}>
            <bdi>{t('code', { code })}</bdi>
          </small>
        )}
      </Notice>
      <div className={s['columns']}>
        <StandingPanel server={found?.server ?? null} status={status} />
        {isJoined && found !== undefined && <WaitingPanel status={status} waiting={found.waiting} />}
      </div>
      {found !== undefined && found.aside.total > 0 && <AsidePanel aside={found.aside} />}
      {found !== undefined && found.closings.length > 0 && <ClosingsPanel closings={found.closings} />}
    </div>
  );
}
