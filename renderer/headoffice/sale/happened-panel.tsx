import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Panel, useFormat } from '../../ui/index.ts';
import type { Sale } from '../data/operations.ts';
import { useStoreTime } from '../frame/store-time.ts';
import { useDuration } from '../frame/use-words.ts';
import s from './happened-panel.module.css';

/** From the till to here, step by step. */
export function HappenedPanel({ sale }: { readonly sale: Sale }): ReactNode {
  const { t } = useTranslation('headoffice');
  const format = useFormat();
  const time = useStoreTime();
  const duration = useDuration();
  const { offset } = sale;
  const late_ms = Date.parse(sale.received_at) - Date.parse(sale.at);
  const stocked = new Set(sale.lines.map(({ product }) => product)).size;
  const steps = [
    { at: sale.at, words: t('happened.saved'), detail: t('happened.entry', { seq: format.integer(sale.entry.seq) }) },
    {
      at: sale.received_at,
      words: t('happened.reached'),
      detail: late_ms < 1000 ? t('sale.atOnce') : t('sale.laterBy', { duration: duration(late_ms) }),
    },
    { at: sale.received_at, words: t('happened.booked'), detail: t('happened.products', { count: stocked }) },
    ...sale.refunds.map((refund) => ({
      at: refund.at,
      words: t('happened.refunded'),
      detail: `${refund.receipt_number}, ${format.amount(refund.total_minor)}`,
    })),
    // A till without a line gives back what is not here yet: what is told is in the order in which it happened.
  ].toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const day = time.day({ at: sale.at, offset });
  return (
    <Panel title={t('happened.title')}>
      <ol className={s['steps']}>
        {steps.map(({ at, detail, words }) => (
          <li className={s['step']} key={`${words} ${detail}`}>
            <time className={s['time']} dateTime={at}>
              <bdi>{time.day({ at, offset }) === day ? time.time({ at, offset }) : time.moment({ at, offset })}</bdi>
            </time>
            <span>
              <strong className={s['words']}>{words}</strong> <bdi>{detail}</bdi>
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
