import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, ConfirmDialog, Notice, useFormat } from '../../ui/index.ts';
import type { TillRow } from '../data/operations.ts';
import { useCommand } from '../data/use-command.ts';
import { FailureNotice } from '../frame/failure-notice.tsx';

/** The PCs that asked to speak for a till and do not: any can be let speak, one that was passed over too. */
export function OtherPcs({ onDecided, till }: { readonly till: TillRow; readonly onDecided: () => void }): ReactNode {
  const { t } = useTranslation('headoffice');
  const format = useFormat();
  const decide = useCommand('till.decide_installation');
  const [asked, setAsked] = useState<TillRow['installations'][number] | null>(null);
  const confirm = async (): Promise<void> => {
    if (asked === null) return;
    setAsked(null);
    const result = await decide.run({ till: till.till, installation: asked.installation });
    if (result.ok) onDecided();
  };
  return (
    <>
      <FailureNotice failure={decide.failure} />
      {till.installations
        .filter(({ is_current }) => !is_current)
        .map((pc) => (
          <Notice
            actions={
              <Button isPending={decide.isPending} onPress={() => setAsked(pc)} size="small">
                {t('inbox.letSpeak')}
              </Button>
            }
            key={pc.installation}
            severity={pc.is_asking ? 'warn' : 'info'}
            title={t(pc.is_asking ? 'inbox.installation' : 'tills.passedOver')}
          >
            {t('inbox.installationHint', {
              count: pc.reported_seq ?? 0,
              here: format.integer(till.held.seq),
              first: format.dateTime(pc.first_seen_at),
              last: format.dateTime(pc.last_seen_at),
            })}
          </Notice>
        ))}
      <ConfirmDialog
        confirmLabel={t('inbox.letSpeak')}
        isOpen={asked !== null}
        onCancel={() => setAsked(null)}
        onConfirm={() => void confirm()}
        title={t('inbox.letSpeakTitle', { till: till.till_name })}
      >
        {t('inbox.letSpeakBody')}
      </ConfirmDialog>
    </>
  );
}
