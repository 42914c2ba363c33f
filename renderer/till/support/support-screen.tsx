import { Download } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { CollectedFiles } from '../../support/collected-files.tsx';
import { downloadFile, zipOf } from '../../support/save-file.ts';
import { useCollected } from '../../support/use-collected.ts';
import { Button, ErrorState, LoadingState, Notice, PageHeader, Panel, TextField } from '../../ui/index.ts';
import { useAccess } from '../data/till-context.tsx';
import { useCommand } from '../data/use-command.ts';
import { useFailureText } from '../frame/failure-text.ts';
import s from '../frame/page.module.css';
import own from './support-screen.module.css';

type Saved = 'saved' | 'failed' | null;

/** What is collected for whoever helps: shown first, then saved as one file. */
export function SupportScreen(): ReactNode {
  const { t } = useTranslation(['support', 'common']);
  const [, goTo] = useLocation();
  const { shell } = useAccess().host;
  const failureText = useFailureText();
  const collect = useCommand('support.collect');
  const [saved, setSaved] = useState<Saved>(null);
  const { found, gather, gatherAll, receipt, setReceipt } = useCollected(collect, () => setSaved(null));

  const save = async (): Promise<void> => {
    if (found === null) return;
    const name = `${found.name}.zip`;
    const bytes = zipOf(found.files);
    if (shell === undefined) {
      downloadFile(name, bytes);
      return setSaved('saved');
    }
    const answer = await shell.save({ name, bytes }).catch(() => 'failed' as const);
    setSaved(answer === 'cancelled' ? null : answer);
  };
  return (
    <div className={s['page']}>
      <PageHeader onBack={() => goTo('/')} title={t('title')} />
      {saved === 'saved' && (
        <Notice severity="ok" title={t('saved')}>
          {t('savedHint')}
        </Notice>
      )}
      {saved === 'failed' && (
        <Notice severity="bad" title={t('notSaved')}>
          {t('notSavedHint')}
        </Notice>
      )}
      {found !== null && collect.failure !== undefined && (
        <Notice
          severity="bad"
          title={collect.failure.code === 'record.not_found' ? t('noSale') : failureText(collect.failure)}
        />
      )}
      <div className={s['scroll']}>
        <div className={s['form']}>
          <div className={s['columns']}>
            <Panel hasPadding title={t('whatTitle')}>
              <div className={s['group']}>
                <p>{t('inIt')}</p>
                <p>{t('leftOut')}</p>
              </div>
            </Panel>
            <Panel hasPadding title={t('saleTitle')}>
              <div className={s['group']}>
                <p className={s['hint']}>{t('saleHint')}</p>
                <div className={own['ask']}>
                  <TextField
                    isCode
                    label={t('receipt')}
                    maxLength={60}
                    onChange={setReceipt}
                    onSubmit={gather}
                    value={receipt}
                  />
                  <Button isPending={collect.isPending} onPress={gather}>
                    {t('again')}
                  </Button>
                </div>
              </div>
            </Panel>
          </div>
          {found === null ? (
            collect.failure === undefined ? (
              <LoadingState>{t('collecting')}</LoadingState>
            ) : (
              <ErrorState onRetry={gatherAll} title={t('failed')}>
                {failureText(collect.failure)}
              </ErrorState>
            )
          ) : (
            <Panel hasPadding title={t('filesTitle')}>
              <CollectedFiles files={found.files} />
            </Panel>
          )}
        </div>
      </div>
      <footer className={s['actions']}>
        <Button onPress={() => goTo('/')} shortcut="cancel" shortcutInFields size="function">
          {t('common:actions.back')}
        </Button>
        <Button
          icon={Download}
          isDisabled={found === null || collect.isPending}
          onPress={() => void save()}
          shortcut="save"
          shortcutInFields
          size="function"
          variant="primary"
        >
          {t('save')}
        </Button>
      </footer>
    </div>
  );
}
