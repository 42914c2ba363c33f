import { ShoppingBasket } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Notice, useFormat } from '../../ui/index.ts';
import type { Answer } from '../data/operations.ts';
import { useAsk } from '../data/use-ask.ts';
import { PlainPage } from '../frame/plain-page.tsx';
import s from './setup-screen.module.css';

/** A till that this PC has taken over from another: which it is, and what came along. */
export interface TakenOver {
  readonly till_code: string;
  readonly what: NonNullable<Answer<'setup.join'>['taken_over']>;
}

/** What somebody must know before the first sale on the new PC: what came back, and what did not. */
export function TakenOverPage({
  onDone,
  taken,
}: {
  readonly taken: TakenOver;
  readonly onDone: () => void;
}): ReactNode {
  const { t } = useTranslation('setup');
  const format = useFormat();
  const people = useAsk('session.choices', {});
  const { entries, shift } = taken.what;
  const opener = people.data?.people.find(({ staff }) => staff === shift?.opened_by)?.name;
  return (
    <PlainPage hint={t('takenOver.hint', { count: entries })} title={t('takenOver.title', { code: taken.till_code })}>
      <div className={s['notices']}>
        <Notice icon={ShoppingBasket} severity="warn" title={t('takenOver.baskets')}>
          {t('takenOver.basketsHint')}
        </Notice>
        {shift === null ? (
          <Notice severity="ok" title={t('takenOver.noShift')} />
        ) : (
          <Notice
            severity="info"
            title={t('takenOver.shift', { number: format.integer(shift.number), at: format.dateTime(shift.opened_at) })}
          >
            {opener !== undefined && <p dir="auto">{t('takenOver.opener', { name: opener })}</p>}
            {t('takenOver.shiftHint')}
          </Notice>
        )}
        <Button autoFocus isWide onPress={onDone} shortcut="confirm" size="function" variant="primary">
          {t('takenOver.goOn')}
        </Button>
      </div>
    </PlainPage>
  );
}
