import { Download } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CollectedFiles } from '../../support/collected-files.tsx';
import { downloadFile, zipOf } from '../../support/save-file.ts';
import { useCollected } from '../../support/use-collected.ts';
import { Button, LoadingState, Notice, Panel, TextField } from '../../ui/index.ts';
import { useCommand } from '../data/use-command.ts';
import { FormGrid } from '../frame/columns.tsx';
import { FailureNotice } from '../frame/failure-notice.tsx';
import { TabPage } from '../frame/tab-page.tsx';

/** What is collected for whoever helps: shown first, then saved as one file. */
export function SupportPage(): ReactNode {
  const { t } = useTranslation('support');
  const collect = useCommand('support.collect');
  const [isSaved, setIsSaved] = useState(false);
  const { found, gather, receipt, setReceipt } = useCollected(collect, () => setIsSaved(false));
  const save = (): void => {
    if (found === null) return;
    downloadFile(`${found.name}.zip`, zipOf(found.files));
    setIsSaved(true);
  };
  const isUnknown = collect.failure?.code === 'record.not_found';
  return (
    <TabPage>
      {isUnknown ? <Notice severity="bad" title={t('noSaleAtOffice')} /> : <FailureNotice failure={collect.failure} />}
      {isSaved && (
        <Notice severity="ok" title={t('saved')}>
          {t('savedHint')}
        </Notice>
      )}
      <Panel
        actions={
          <Button
            icon={Download}
            isDisabled={found === null || collect.isPending}
            onPress={save}
            size="small"
            variant="primary"
          >
            {t('save')}
          </Button>
        }
        hasPadding
        title={t('title')}
      >
        <p>{t('inItAtOffice')}</p>
        <p>{t('leftOutAtOffice')}</p>
        <FormGrid>
          <TextField
            description={t('saleHint')}
            isCode
            label={t('receipt')}
            maxLength={60}
            onChange={setReceipt}
            onSubmit={gather}
            value={receipt}
          />
        </FormGrid>
        <div>
          <Button isPending={collect.isPending} onPress={gather} size="small">
            {t('again')}
          </Button>
        </div>
      </Panel>
      <Panel hasPadding title={t('filesTitle')}>
        {found === null ? (
          collect.failure === undefined && <LoadingState>{t('collectingAtOffice')}</LoadingState>
        ) : (
          <CollectedFiles files={found.files} />
        )}
      </Panel>
    </TabPage>
  );
}
