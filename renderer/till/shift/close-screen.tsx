import { EyeOff, Info } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { denominations, type Denomination as Piece } from '../../../shared/sale/cash.ts';
import {
  Button,
  EmptyState,
  HiddenFigure,
  LoadingState,
  MoneyField,
  Notice,
  Panel,
  Slate,
  Steps,
  SumList,
  SumRow,
  Tag,
  useFormat,
} from '../../ui/index.ts';
import type { Answer, ShiftReport } from '../data/operations.ts';
import { useAsk } from '../data/use-ask.ts';
import { useCommand } from '../data/use-command.ts';
import { useAmountText } from '../frame/amount-text.ts';
import { useFailureText } from '../frame/failure-text.ts';
import { ReasonField } from '../frame/reason-field.tsx';
import { ClosedShift } from './closed-shift.tsx';
import s from './close-screen.module.css';
import { CountPanels } from './count-panels.tsx';

type Counts = ReadonlyMap<number, number>;
type OpenShift = NonNullable<Answer<'shift.current'>['shift']>;

/** Counting the drawer, blind, and closing the shift with it. */
export function CloseScreen(): ReactNode {
  const { t } = useTranslation('shift');
  const current = useAsk('shift.current', {});
  const [closed, setClosed] = useState<ShiftReport | null>(null);
  if (closed !== null) return <ClosedShift report={closed} />;
  if (current.data === undefined) return <LoadingState />;
  if (current.data.shift === null) return <EmptyState title={t('noneOpen')}>{t('noneOpenHint')}</EmptyState>;
  return <CountAndClose onClosed={setClosed} shift={current.data.shift} />;
}

function CountAndClose({
  onClosed,
  shift,
}: {
  readonly shift: OpenShift;
  readonly onClosed: (report: ShiftReport) => void;
}): ReactNode {
  const { t } = useTranslation('shift');
  const format = useFormat();
  const amountText = useAmountText();
  const failureText = useFailureText();
  const [, goTo] = useLocation();
  const close = useCommand('shift.close');
  const pieces = denominations(format.currency);
  const [counts, setCounts] = useState<Counts>(new Map());
  /** For currencies whose notes and coins are not known here. */
  const [typed, setTyped] = useState('');
  const [isConfirmed, setIsConfirmed] = useState(false);
  const [reason, setReason] = useState('');
  const counted = countedOf(pieces, counts);
  const isTyped = pieces.length === 0;
  const differs = close.failure?.code === 'shift.difference' ? close.failure : undefined;
  const difference = Number(differs?.data['difference_minor'] ?? 0);
  const recount = (): void => {
    close.clear();
    setIsConfirmed(false);
  };
  const finish = async (): Promise<void> => {
    if (!isConfirmed || close.isPending || (differs !== undefined && reason.trim() === '')) return;
    const result = await close.run({
      counted: isTyped ? amountText(typed) : format.plainAmount(counted.total_minor),
      denominations: isTyped
        ? []
        : pieces.flatMap(({ value_minor }) => {
            const count = counts.get(value_minor) ?? 0;
            return count === 0 ? [] : [{ value_minor, count }];
          }),
      reason: reason.trim() === '' ? null : reason,
    });
    if (result.ok) onClosed(result.value);
  };
  const step = differs !== undefined ? 1 : isConfirmed ? 1 : 0;
  return (
    <div className={s['close']}>
      <section className={s['work']}>
        <header className={s['head']}>
          <div>
            <h1 className={s['title']}>{t('close.title')}</h1>
            <p className={s['who']}>{t('close.who', { name: shift.opened_by, from: format.time(shift.opened_at) })}</p>
          </div>
          <Steps
            current={step}
            label={t('close.steps')}
            steps={[t('close.count'), t('close.compare'), t('close.done')]}
          />
        </header>
        {isTyped ? (
          <Panel hasPadding isFilling>
            <MoneyField
              autoFocus
              isDisabled={isConfirmed}
              isEntry
              label={t('close.amount')}
              onChange={setTyped}
              value={typed}
            />
          </Panel>
        ) : (
          <CountPanels
            counts={counts}
            isLocked={isConfirmed}
            onChange={setCounts}
            onDone={() => setIsConfirmed(true)}
            pieces={pieces}
          />
        )}
        <div className={s['foot']}>
          <Slate
            amount_minor={isTyped ? undefined : counted.total_minor}
            detail={
              isTyped
                ? undefined
                : t('close.notesAndCoins', {
                    notes: t('close.noteCount', { count: counted.notes }),
                    coins: t('close.coinCount', { count: counted.coins }),
                  })
            }
            label={t('close.counted')}
            tone="owed"
            words={isTyped ? <bdi>{typed}</bdi> : undefined}
          />
          {isConfirmed ? (
            <Button isWide onPress={recount} shortcut="F10" size="tender">
              {t('close.again')}
            </Button>
          ) : (
            <Button
              isDisabled={isTyped && typed === ''}
              isWide
              onPress={() => setIsConfirmed(true)}
              shortcut="F10"
              size="tender"
              variant="primary"
            >
              {t('close.confirm')}
            </Button>
          )}
        </div>
      </section>
      <aside className={s['aside']}>
        <Panel isFilling label={t('x.preview', { number: format.integer(shift.number) })}>
          <header className={s['z']}>
            <div>
              <h2 className={s['z-title']}>{t('x.preview', { number: format.integer(shift.number) })}</h2>
              <p className={s['who']}>{t('x.day', { date: format.businessDate(shift.business_date) })}</p>
            </div>
            <Tag icon={EyeOff} tone="neutral">
              {t('close.blind')}
            </Tag>
          </header>
          {differs === undefined ? (
            <SumList title={t('close.after')}>
              {[t('close.cashAndFloat'), t('close.netSales'), t('close.over')].map((label) => (
                <SumRow key={label} label={label}>
                  <HiddenFigure label={t('close.hidden')} />
                </SumRow>
              ))}
            </SumList>
          ) : (
            <div className={s['differs']}>
              <Notice severity="warn" title={t('close.differs', { amount: format.money(Math.abs(difference)) })}>
                {difference < 0 ? t('close.short') : t('close.overWord')}. {t('close.differsHint')}
              </Notice>
              <ReasonField
                label={t('close.reason')}
                onChange={setReason}
                usual={[t('close.reasons.change'), t('close.reasons.unknown')]}
                value={reason}
              />
            </div>
          )}
          {close.failure !== undefined && differs === undefined && (
            <div className={s['differs']}>
              <Notice severity="bad" title={failureText(close.failure)} />
            </div>
          )}
          <p className={s['never']}>
            <Info aria-hidden="true" className={s['icon']} />
            {t('close.never')}
          </p>
        </Panel>
        <div className={s['actions']}>
          <Button isWide onPress={() => goTo('/')} shortcut="Escape" shortcutInFields size="function">
            {t('close.back')}
          </Button>
          <Button
            disabledReason={
              !isConfirmed
                ? t('close.confirmFirst')
                : differs !== undefined && reason.trim() === ''
                  ? t('close.reasonFirst')
                  : undefined
            }
            isPending={close.isPending}
            isWide
            onPress={() => void finish()}
            shortcut="F8"
            size="function"
            variant={isConfirmed ? 'primary' : 'plain'}
          >
            {t('close.closeZ')}
          </Button>
        </div>
      </aside>
    </div>
  );
}

/** What lies in the drawer, added up from its pieces. */
function countedOf(
  pieces: readonly Piece[],
  counts: Counts,
): { readonly total_minor: number; readonly notes: number; readonly coins: number } {
  let total_minor = 0;
  let notes = 0;
  let coins = 0;
  for (const { kind, value_minor } of pieces) {
    const count = counts.get(value_minor) ?? 0;
    total_minor += value_minor * count;
    if (kind === 'note') notes += count;
    else coins += count;
  }
  return { total_minor, notes, coins };
}
