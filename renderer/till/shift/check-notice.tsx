import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { shift } from '../../i18n/en/shift.ts';
import { Notice, useFormat } from '../../ui/index.ts';
import type { ShiftReport } from '../data/operations.ts';
import { useAtTheTill } from '../frame/session-context.tsx';
import c from './closings-screen.module.css';

type Difference = NonNullable<ShiftReport['check']>['differences'][number];
type Figure = keyof typeof shift.check.figures;

const counts = new Set(['sale_count', 'refund_count']);

/** What the head office found when it computed a Z again. Nothing at a till that has none. */
export function CheckNotice({ report }: { readonly report: ShiftReport }): ReactNode {
  const { t } = useTranslation('shift');
  const { status } = useAtTheTill();
  const words = useDifference();
  const { check } = report;
  if (status.authority === 'standalone') return null;
  if (check === null)
    return (
      <Notice severity="info" title={t('check.notYetTitle')}>
        {t('check.notYetHint')}
      </Notice>
    );
  if (check.agrees) return <Notice severity="ok" title={t('check.agreesTitle')} />;
  return (
    <Notice severity="bad" title={t('check.differsTitle')}>
      <ul className={c['differences']}>
        {check.differences.map((difference) => (
          <li key={difference.what}>{words(difference)}</li>
        ))}
      </ul>
      {t('check.differsHint')}
    </Notice>
  );
}

function useDifference(): (difference: Difference) => string {
  const { t } = useTranslation('shift');
  const format = useFormat();
  const nameOf = (what: string): string => {
    if (what === 'tender cash') return t('x.cash');
    if (what === 'tender card') return t('x.card');
    // Its own key of the catalogue, as is asked. A newer head office may compare what this till has no word for.
    return Object.hasOwn(shift.check.figures, what) ? t(`check.figures.${what as Figure}`) : what;
  };
  return ({ headoffice, till, what }) => {
    if (what === 'chain') return t('check.chain', { seq: format.integer(headoffice) });
    const shown = (value: number): string => (counts.has(what) ? format.integer(value) : format.money(value));
    return t('check.difference', { name: nameOf(what), here: shown(till), there: shown(headoffice) });
  };
}
