import { EyeOff, Info, Scale } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../shared/contract/errors.ts';
import { HiddenFigure, Notice, Panel, SumList, SumRow, Tag, useFormat } from '../../ui/index.ts';
import type { Answer } from '../data/operations.ts';
import { useFailureText } from '../frame/failure-text.ts';
import { ReasonField } from '../frame/reason-field.tsx';
import s from './close-screen.module.css';

/** The count beside what should be there, as far as it is known and may be seen. */
export interface Comparison {
  readonly difference_minor: number;
  /** What should be there and what was counted; undefined for whoever may not read the report. */
  readonly sums: { readonly expected_minor: number; readonly counted_minor: number } | undefined;
}

export interface ComparePanelProps {
  readonly shift: NonNullable<Answer<'shift.current'>['shift']>;
  /** The count is confirmed: until then every figure stays hidden. */
  readonly isConfirmed: boolean;
  readonly comparison: Comparison | undefined;
  readonly reason: string;
  readonly onReason: (reason: string) => void;
  /** What went wrong with the closing, beside a difference. */
  readonly failure: Failure | undefined;
}

/** Blind while the drawer is counted; then what should have been in it. */
export function ComparePanel(props: ComparePanelProps): ReactNode {
  const { comparison, failure, isConfirmed, onReason, reason, shift } = props;
  const { t } = useTranslation('shift');
  const format = useFormat();
  const failureText = useFailureText();
  const title = t('x.preview', { number: format.integer(shift.number) });
  return (
    <Panel isFilling label={title}>
      <header className={s['z']}>
        <div>
          <h2 className={s['z-title']}>{title}</h2>
          <p className={s['who']}>{t('x.day', { date: format.businessDate(shift.business_date) })}</p>
        </div>
        <Tag icon={isConfirmed ? Scale : EyeOff} tone="neutral">
          {isConfirmed ? t('close.compare') : t('close.blind')}
        </Tag>
      </header>
      <div className={s['sums']}>
        {!isConfirmed && (
          <SumList title={t('close.after')}>
            {[t('close.cashAndFloat'), t('close.netSales'), t('close.over')].map((label) => (
              <SumRow key={label} label={label}>
                <HiddenFigure label={t('close.hidden')} />
              </SumRow>
            ))}
          </SumList>
        )}
        {isConfirmed && comparison === undefined && failure === undefined && (
          <div className={s['differs']}>
            <Notice severity="info" title={t('close.isHidden')}>
              {t('close.isHiddenHint')}
            </Notice>
          </div>
        )}
        {comparison?.sums !== undefined && (
          <SumList title={t('x.drawer')}>
            <SumRow amount_minor={comparison.sums.expected_minor} label={t('x.expected')} />
            <SumRow amount_minor={comparison.sums.counted_minor} label={t('x.counted')} />
            <SumRow amount_minor={comparison.difference_minor} isStrong label={t('x.difference')} />
          </SumList>
        )}
        {comparison !== undefined && (
          <div className={s['differs']}>
            <Difference difference_minor={comparison.difference_minor} />
            {comparison.difference_minor !== 0 && (
              <ReasonField
                label={t('close.reason')}
                onChange={onReason}
                usual={[t('close.reasons.change'), t('close.reasons.unknown')]}
                value={reason}
              />
            )}
          </div>
        )}
        {failure !== undefined && (
          <div className={s['differs']}>
            <Notice severity="bad" title={failureText(failure)} />
          </div>
        )}
      </div>
      <p className={s['never']}>
        <Info aria-hidden="true" className={s['icon']} />
        {t('close.never')}
      </p>
    </Panel>
  );
}

function Difference({ difference_minor }: { readonly difference_minor: number }): ReactNode {
  const { t } = useTranslation('shift');
  const format = useFormat();
  if (difference_minor === 0) return <Notice severity="ok" title={t('close.right')} />;
  return (
    <Notice severity="warn" title={t('close.differs', { amount: format.money(Math.abs(difference_minor)) })}>
      {difference_minor < 0 ? t('close.short') : t('close.overWord')}. {t('close.differsHint')}
    </Notice>
  );
}
