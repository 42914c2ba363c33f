import { RefreshCw, ShieldAlert, ShieldCheck, ShieldQuestionMark } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Notice, useFormat } from '../../ui/index.ts';
import type { Sale } from '../data/operations.ts';
import { useAsk } from '../data/use-ask.ts';
import { useErrorText } from '../frame/failure-text.ts';

/** The till's chain, recomputed from its first entry to this one: verified, or the first bad entry. */
export function ChainNotice({ sale }: { readonly sale: Sale }): ReactNode {
  const { t } = useTranslation('headoffice');
  const format = useFormat();
  const errorText = useErrorText();
  const check = useAsk('journal.verify', { store: sale.store, till: sale.till, seq: sale.entry.seq });
  const again = (
    <Button icon={RefreshCw} isPending={check.isFetching} onPress={() => void check.refetch()}>
      {t('sale.verifyAgain')}
    </Button>
  );
  if (check.data === undefined) {
    return check.error === null ? (
      <Notice icon={ShieldQuestionMark} severity="info" title={t('sale.verifying')}>
        {t('sale.verifyingHint', { seq: format.integer(sale.entry.seq) })}
      </Notice>
    ) : (
      <Notice actions={again} severity="warn" title={t('sale.notVerified')}>
        {errorText(check.error)}
      </Notice>
    );
  }
  const { checked_at, first_bad, till_agrees, to_seq, verified } = check.data;
  const facts = { time: format.time(checked_at), seq: format.integer(to_seq) };
  if (first_bad !== null || !verified) {
    const seq = format.integer(first_bad?.seq ?? to_seq);
    return (
      <Notice actions={again} icon={ShieldAlert} severity="bad" title={t('sale.broken', { seq })}>
        {t(first_bad?.fault === 'missing' ? 'sale.brokenMissing' : 'sale.brokenHash', { ...facts, seq })}
      </Notice>
    );
  }
  if (!sale.matches_entry) {
    return (
      <Notice actions={again} icon={ShieldAlert} severity="bad" title={t('sale.differs')}>
        {t('sale.differsHint', facts)}
      </Notice>
    );
  }
  if (till_agrees === false) {
    return (
      <Notice actions={again} icon={ShieldAlert} severity="bad" title={t('sale.tillDiffers')}>
        {t('sale.tillDiffersHint', facts)}
      </Notice>
    );
  }
  return (
    <Notice actions={again} icon={ShieldCheck} severity="ok" title={t('sale.verified')}>
      {t(till_agrees === true ? 'sale.verifiedBoth' : 'sale.verifiedHere', facts)}
    </Notice>
  );
}
