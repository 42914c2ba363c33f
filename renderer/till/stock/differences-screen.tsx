import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Redirect, useLocation } from 'wouter';
import { Button, ConfirmDialog, LoadingState, Notice, PageHeader } from '../../ui/index.ts';
import type { OpenTake } from '../data/operations.ts';
import { useAskRows } from '../data/use-ask-rows.ts';
import { useCommand } from '../data/use-command.ts';
import { useFailureText } from '../frame/failure-text.ts';
import s from '../frame/page.module.css';
import { useAtTheTill } from '../frame/session-context.tsx';
import { DifferencePanel } from './difference-panel.tsx';
import { useTake } from './use-take.ts';

/** What the open stock take differs in, for whoever may post it. */
export function DifferencesScreen(): ReactNode {
  const { can } = useAtTheTill();
  const { take } = useTake();
  if (take === undefined) return <LoadingState />;
  if (take === null || !can('stock.post_count')) return <Redirect to="/stock/take" />;
  return <Differences take={take} />;
}

function Differences({ take }: { readonly take: OpenTake }): ReactNode {
  const { t } = useTranslation('stock');
  const [, goTo] = useLocation();
  const failureText = useFailureText();
  const { count } = take;
  const [isAll, setIsAll] = useState(false);
  const [asked, setAsked] = useState<'post' | 'rest' | null>(null);
  const found = useAskRows('stock_take.differences', { count, only: isAll ? 'all' : 'different' }, (answer) => ({
    rows: answer.lines,
    total: answer.total,
  }));
  const post = useCommand('stock_take.post');
  const rest = useCommand('stock_take.rest_is_none');
  const failure = post.failure ?? rest.failure;
  const confirm = async (): Promise<void> => {
    if (asked === 'rest') await rest.run({ count });
    else if ((await post.run({ count })).ok) goTo(`/stock/taken/${count}`, { replace: true });
    setAsked(null);
  };
  const data = found.first;
  return (
    <div className={s['page']}>
      <PageHeader
        actions={
          <>
            {data !== undefined && data.uncounted > 0 && (
              <Button onPress={() => setAsked('rest')}>{t('takes.restIsNone')}</Button>
            )}
            <Button isDisabled={(data?.counted ?? 0) === 0} onPress={() => setAsked('post')} variant="primary">
              {t('takes.post')}
            </Button>
          </>
        }
        onBack={() => goTo('/stock/take')}
        title={t('takes.differences')}
      />
      {failure !== undefined && <Notice severity="bad" title={failureText(failure)} />}
      {data !== undefined && data.uncounted > 0 && (
        <Notice severity="info" title={t('takes.uncounted', { count: data.uncounted })} />
      )}
      <DifferencePanel asked={found.asked} isAll={isAll} onAll={setIsAll} rows={found.rows} sums={data} />
      <ConfirmDialog
        confirmLabel={asked === 'rest' ? t('takes.restIsNone') : t('takes.post')}
        isOpen={asked !== null}
        isPending={post.isPending || rest.isPending}
        onCancel={() => setAsked(null)}
        onConfirm={() => void confirm()}
        title={asked === 'rest' ? t('takes.restTitle') : t('takes.postTitle')}
      >
        {asked === 'rest' ? t('takes.restBody', { count: data?.uncounted ?? 0 }) : t('takes.postBody')}
      </ConfirmDialog>
    </div>
  );
}
