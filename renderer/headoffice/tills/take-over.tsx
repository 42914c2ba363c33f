import { MonitorUp } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Notice } from '../../ui/index.ts';
import type { TillRow } from '../data/operations.ts';
import { useCommand } from '../data/use-command.ts';
import { FailureNotice } from '../frame/failure-notice.tsx';
import { type Made, MadeCode } from './made-code.tsx';

/** A new PC in the place of one that is gone: it gets the till's journal and its open shift back. */
export function TakeOver({ till }: { readonly till: TillRow }): ReactNode {
  const { t } = useTranslation('headoffice');
  const create = useCommand('enrolment.create_takeover');
  const [made, setMade] = useState<Made | null>(null);
  const make = async (): Promise<void> => {
    const result = await create.run({ till: till.till });
    if (result.ok) setMade({ ...result.value, till_code: till.till_code });
  };
  if (made !== null) return <MadeCode made={made} />;
  return (
    <>
      <FailureNotice failure={create.failure} />
      <Notice
        actions={
          <Button icon={MonitorUp} isPending={create.isPending} onPress={() => void make()} size="small">
            {t('tills.newPc')}
          </Button>
        }
        severity="info"
        title={t('tills.newPcTitle')}
      >
        {t('tills.newPcHint')}
      </Notice>
    </>
  );
}
