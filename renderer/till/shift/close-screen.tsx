import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Failure } from '../../../shared/contract/errors.ts';
import { denominations, type Denomination as Piece } from '../../../shared/sale/cash.ts';
import { Button, EmptyState, LoadingState, MoneyField, Panel, Slate, Steps, useFormat } from '../../ui/index.ts';
import type { Answer, Basket, ShiftReport } from '../data/operations.ts';
import { useAsk } from '../data/use-ask.ts';
import { useCommand } from '../data/use-command.ts';
import { useAmountText } from '../frame/amount-text.ts';
import { useAtTheTill } from '../frame/session-context.tsx';
import { BasketInTheWay } from './basket-in-the-way.tsx';
import { ClosedShift } from './closed-shift.tsx';
import s from './close-screen.module.css';
import { ComparePanel, type Comparison } from './compare-panel.tsx';
import { CountPanels } from './count-panels.tsx';

type Counts = ReadonlyMap<number, number>;
type OpenShift = NonNullable<Answer<'shift.current'>['shift']>;

/** Counting the drawer, blind, and closing the shift with it. */
export function CloseScreen(): ReactNode {
  const { t } = useTranslation('shift');
  const current = useAsk('shift.current', {});
  const basket = useAsk('basket.current', {});
  const [closed, setClosed] = useState<ShiftReport | null>(null);
  if (closed !== null) return <ClosedShift report={closed} />;
  // Who may not see the basket can count all the same: the till refuses in the end.
  if (current.data === undefined || (basket.data === undefined && basket.error === null)) return <LoadingState />;
  if (current.data.shift === null) return <EmptyState title={t('noneOpen')}>{t('noneOpenHint')}</EmptyState>;
  return <CountAndClose basket={basket.data} onClosed={setClosed} shift={current.data.shift} />;
}

function CountAndClose({
  basket,
  onClosed,
  shift,
}: {
  readonly basket: Basket | undefined;
  readonly shift: OpenShift;
  readonly onClosed: (report: ShiftReport) => void;
}): ReactNode {
  const { t } = useTranslation('shift');
  const format = useFormat();
  const amountText = useAmountText();
  const { can } = useAtTheTill();
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
  const isBasketOpen = basket !== undefined && basket.lines.length > 0;
  const differs = close.failure?.code === 'shift.difference' ? close.failure : undefined;
  // Only after the count is confirmed, and only for those who may read it anyway.
  const report = useAsk('shift.report', {}, { isEnabled: isConfirmed && can('shift.report') });
  const reading = format.readMoney(typed);
  const comparison = isConfirmed
    ? compare(isTyped ? (reading.ok ? reading.value : undefined) : counted.total_minor, report.data, differs)
    : undefined;
  const isReasonMissing = comparison !== undefined && comparison.difference_minor !== 0 && reason.trim() === '';
  const recount = (): void => {
    close.clear();
    setIsConfirmed(false);
  };
  const finish = async (): Promise<void> => {
    if (!isConfirmed || isBasketOpen || close.isPending || isReasonMissing) return;
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
  return (
    <div className={s['close']}>
      <section className={s['work']}>
        <header className={s['head']}>
          <div>
            <h1 className={s['title']}>{t('close.title')}</h1>
            <p className={s['who']}>{t('close.who', { name: shift.opened_by, from: format.time(shift.opened_at) })}</p>
          </div>
          <Steps
            current={isConfirmed && !isBasketOpen ? 1 : 0}
            label={t('close.steps')}
            steps={[t('close.count'), t('close.compare'), t('close.done')]}
          />
        </header>
        {isBasketOpen ? (
          <BasketInTheWay basket={basket} />
        ) : (
          <>
            {isTyped ? (
              <Panel hasPadding isFilling>
                <MoneyField
                  autoFocus
                  isDisabled={isConfirmed}
                  isEntry
                  label={t('close.amount')}
                  onChange={setTyped}
                  onSubmit={() => setIsConfirmed(reading.ok)}
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
                <Button isWide onPress={recount} shortcut="confirmCount" size="tender">
                  {t('close.again')}
                </Button>
              ) : (
                <Button
                  isDisabled={isTyped && !reading.ok}
                  isWide
                  onPress={() => setIsConfirmed(true)}
                  shortcut="confirmCount"
                  size="tender"
                  variant="primary"
                >
                  {t('close.confirm')}
                </Button>
              )}
            </div>
          </>
        )}
      </section>
      <aside className={s['aside']}>
        <ComparePanel
          comparison={comparison}
          failure={differs === undefined ? close.failure : undefined}
          isConfirmed={isConfirmed}
          onReason={setReason}
          reason={reason}
          shift={shift}
        />
        <div className={s['actions']}>
          <Button isWide onPress={() => goTo('/')} shortcut="cancel" shortcutInFields size="function">
            {t('close.back')}
          </Button>
          <Button
            disabledReason={
              isBasketOpen
                ? t('close.basketOpen')
                : !isConfirmed
                  ? t('close.confirmFirst')
                  : isReasonMissing
                    ? t('close.reasonFirst')
                    : undefined
            }
            isPending={close.isPending}
            isWide
            onPress={() => void finish()}
            shortcut="finishClose"
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

/** What the till said when it would not close, or what its report tells those who may read it. */
function compare(
  counted_minor: number | undefined,
  report: ShiftReport | undefined,
  differs: Failure | undefined,
): Comparison | undefined {
  if (report !== undefined && counted_minor !== undefined) {
    const { expected_minor } = report;
    return { difference_minor: counted_minor - expected_minor, sums: { expected_minor, counted_minor } };
  }
  if (differs === undefined) return undefined;
  return { difference_minor: Number(differs.data['difference_minor'] ?? 0), sums: undefined };
}
