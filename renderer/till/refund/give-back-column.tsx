import { Banknote, CreditCard } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Notice, Panel, SegmentedControl, Slate, useFormat } from '../../ui/index.ts';
import { ApprovalDock } from '../approval/approval-dock.tsx';
import type { Approved } from '../approval/use-approved.ts';
import { Emphasis } from '../frame/emphasis.tsx';
import { Fit } from '../frame/fit.tsx';
import { useFailureText } from '../frame/failure-text.ts';
import { useAtTheTill } from '../frame/session-context.tsx';
import s from './refund-screen.module.css';

export interface GiveBackColumnProps<N extends 'refund.give_back' | 'refund.without_receipt'> {
  /** What is given back, as far as it is known before the till has said so. */
  readonly amount_minor: number;
  readonly detail: ReactNode;
  readonly tender: 'cash' | 'card';
  readonly onTender: (tender: 'cash' | 'card') => void;
  readonly reason: string;
  /** Why it can't be given back yet. */
  readonly refusedBecause: string | undefined;
  readonly words: string;
  readonly onGive: () => void;
  readonly approved: Approved<N>;
}

/** The money that is given: how much, how, and a manager's yes where it is needed. */
export function GiveBackColumn<N extends 'refund.give_back' | 'refund.without_receipt'>(
  props: GiveBackColumnProps<N>,
): ReactNode {
  const { amount_minor, approved, detail, onGive, onTender, reason, refusedBecause, tender, words } = props;
  const { t } = useTranslation('refund');
  const format = useFormat();
  const failureText = useFailureText();
  const { session } = useAtTheTill();
  return (
    <aside className={s['aside']}>
      <Slate amount_minor={amount_minor} detail={detail} label={t('toGiveBack')} size="small" tone="give" />
      {approved.failure !== undefined && <Notice severity="bad" title={failureText(approved.failure)} />}
      {approved.waiting === null ? (
        <>
          <Panel isFilling label={t('tender')}>
            <div className={s['choice']}>
              <Fit>
                <SegmentedControl
                  choices={[
                    { id: 'cash', label: t('cash') },
                    { id: 'card', label: t('card') },
                  ]}
                  label={t('tender')}
                  onChange={onTender}
                  value={tender}
                />
              </Fit>
              {tender === 'card' && <p>{t('cardHint')}</p>}
            </div>
          </Panel>
          <Button
            disabledReason={refusedBecause}
            icon={tender === 'cash' ? Banknote : CreditCard}
            isPending={approved.isPending}
            isWide
            onPress={onGive}
            shortcut="giveBack"
            size="next"
            variant="primary"
          >
            {words}
          </Button>
        </>
      ) : (
        <ApprovalDock approved={approved}>
          <Emphasis>
            {t('ask', { amount: format.money(amount_minor), tender: tender === 'cash' ? t('inCash') : t('onCard') })}
          </Emphasis>{' '}
          {t('asks', { name: session.name, reason })}
        </ApprovalDock>
      )}
    </aside>
  );
}
