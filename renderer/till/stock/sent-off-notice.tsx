import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Notice } from '../../ui/index.ts';
import { useFailureText } from '../frame/failure-text.ts';
import type { GoodsList } from './use-goods.ts';

/** Why goods were not written down, or that nobody knows yet whether they were. */
export function SentOffNotice({ list }: { readonly list: GoodsList }): ReactNode {
  const { t } = useTranslation(['stock', 'common']);
  const failureText = useFailureText();
  const { failure, isUnanswered, retry } = list;
  if (isUnanswered) {
    return (
      <Notice
        actions={
          <Button onPress={() => void retry()} size="small">
            {t('common:actions.retry')}
          </Button>
        }
        severity="warn"
        title={t('transfers.unanswered')}
      >
        {t('transfers.unansweredHint')}
      </Notice>
    );
  }
  return failure !== undefined && <Notice severity="bad" title={failureText(failure)} />;
}
