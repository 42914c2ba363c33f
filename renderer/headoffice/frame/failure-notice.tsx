import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../shared/contract/errors.ts';
import { Button, Notice } from '../../ui/index.ts';
import { useFailureText } from './failure-text.ts';

export interface FailureNoticeProps {
  /** Nothing is shown where nothing failed. */
  readonly failure: Failure | undefined;
  /** Brings the new values into a form whose record somebody else changed in the meantime; offered after that alone. */
  readonly onReload?: (() => void) | undefined;
}

/** Why a form was not saved, in the reader's words. */
export function FailureNotice({ failure, onReload }: FailureNoticeProps): ReactNode {
  const { t } = useTranslation('common');
  const failureText = useFailureText();
  if (failure === undefined) return null;
  return (
    <Notice
      actions={
        failure.code === 'record.changed' &&
        onReload !== undefined && (
          <Button onPress={onReload} size="small">
            {t('actions.reload')}
          </Button>
        )
      }
      severity="bad"
      title={failureText(failure)}
    />
  );
}
