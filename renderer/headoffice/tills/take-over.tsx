import { MonitorUp } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Notice, useFormat } from '../../ui/index.ts';
import type { TillRow } from '../data/operations.ts';
import { useCommand } from '../data/use-command.ts';
import { FailureNotice } from '../frame/failure-notice.tsx';
import { type Made, MadeCode } from './made-code.tsx';

/**
 * A new PC in the place of one that is gone: it gets the till's journal and its open shift back. Or one in the place of a PC
 * that began to join and did not finish.
 */
export function TakeOver({ till }: { readonly till: TillRow }): ReactNode {
  const { t } = useTranslation('headoffice');
  const create = useCommand('enrolment.create_takeover');
  const format = useFormat();
  const isUnfinished = till.state === 'unfinished';
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
            {t(isUnfinished ? 'tills.newCode' : 'tills.newPc')}
          </Button>
        }
        severity={isUnfinished ? 'warn' : 'info'}
        title={
          isUnfinished ? t('tills.unfinishedTitle', { time: format.dateTime(till.decided_at) }) : t('tills.newPcTitle')
        }
      >
        {t(isUnfinished ? 'tills.unfinishedHint' : 'tills.newPcHint')}
      </Notice>
    </>
  );
}
