import { memo, type ReactNode, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { LastScanned, NoticeSlot, SearchField, useFormat, useShortcut } from '../../ui/index.ts';
import type { BasketLineAnswer } from '../data/operations.ts';
import { currentLine } from './current-line.ts';
import { SellNoticeView } from './sell-notice.tsx';
import s from './scan-row.module.css';
import { useSell, useSellStore } from './sell-store.tsx';
import { useFound } from './use-found.ts';
import { useLinesNow } from './use-lines-now.ts';
import { useRingUp } from './use-ring-up.ts';

/** A barcode as somebody types it by hand. */
const typedBarcode = /^\d{4,}$/u;

export interface ScanRowProps {
  readonly inputRef: RefObject<HTMLInputElement | null>;
}

/** The scan field, always armed, and the one notice slot beside it. */
export const ScanRow = memo(function ScanRow({ inputRef }: ScanRowProps): ReactNode {
  const { t } = useTranslation('sell');
  const format = useFormat();
  const store = useSellStore();
  const text = useSell((state) => state.text);
  const next_milli = useSell((state) => state.next_milli);
  const ringUp = useRingUp();
  const { active, move, products, settle } = useFound();

  const isHere = (): boolean => document.activeElement === inputRef.current;
  const submit = async (): Promise<void> => {
    const typed = store.getState().text.trim();
    if (typed === '') return;
    // What was typed last may not have been searched yet: Enter means what stands in the field.
    const [chosen] = await settle(typed);
    if (chosen !== undefined) await ringUp.choose(chosen);
    else if (typedBarcode.test(typed)) {
      store.getState().change({ text: '' });
      await ringUp.scan(typed);
    }
  };

  // `3 *`: the number that stands in the field becomes the quantity of what comes next.
  useShortcut(
    'quantity',
    () => {
      if (!isHere()) return false;
      const reading = format.readQuantity(store.getState().text);
      if (reading.ok && reading.value > 0) store.getState().change({ next_milli: reading.value, text: '' });
      else store.getState().change({ dialog: { kind: 'quantity' } });
      return true;
    },
    { inFields: true },
  );
  useLineKeys(isHere);

  return (
    <div className={s['row']}>
      <div className={s['field']}>
        <SearchField
          activeResultId={active === undefined ? undefined : `found-${active.product}`}
          inputRef={inputRef}
          isArmed
          isLabelHidden
          label={t('scan.label')}
          onChange={(typed) => store.getState().change({ text: typed })}
          onClear={() => store.getState().change({ text: '', next_milli: null })}
          onMove={move}
          onSubmit={() => void submit()}
          placeholder={
            next_milli === null ? t('scan.hint') : t('scan.timesNext', { quantity: format.quantity(next_milli) })
          }
          resultsId={products === undefined ? undefined : 'found'}
          shortcut="find"
          value={text}
        />
        {next_milli !== null && (
          <span className={s['times']} role="status">
            <bdi>{t('scan.times', { quantity: format.quantity(next_milli) })}</bdi>
          </span>
        )}
      </div>
      <ScanAnswer />
    </div>
  );
});

/** What came of the last scan. */
function ScanAnswer(): ReactNode {
  const { t } = useTranslation('sell');
  const format = useFormat();
  const store = useSellStore();
  const notice = useSell((state) => state.notice);
  const last = useSell((state) => state.last);
  const { undo } = useRingUp();
  return (
    <div className={s['slot']}>
      <NoticeSlot>
        {notice !== null ? (
          <div className={s['notice']}>
            <SellNoticeView hasActions notice={notice} onClose={() => store.getState().change({ notice: null })} />
          </div>
        ) : (
          last !== null && (
            <LastScanned
              detail={
                last.before_milli === null
                  ? t('last.added', { amount: format.amount(last.total_minor) })
                  : t('last.now', { quantity: format.quantity(last.quantity_milli) })
              }
              name={last.name}
              onUndo={() => void undo()}
            />
          )
        )}
      </NoticeSlot>
    </div>
  );
}

/** ↑ ↓ choose a line, + − change its quantity, Delete takes it out: while the scan field is empty. */
function useLineKeys(isHere: () => boolean): void {
  const store = useSellStore();
  const linesNow = useLinesNow();
  const { remove, setQuantity } = useRingUp();
  const isFree = (): boolean => (isHere() && store.getState().text === '') || document.activeElement === document.body;
  const current = (): BasketLineAnswer | undefined => currentLine(linesNow(), store.getState().current);
  const choose = (step: -1 | 1): boolean => {
    const lines = linesNow();
    const line = currentLine(lines, store.getState().current);
    if (!isFree() || line === undefined) return false;
    // While nothing is chosen, the current line itself is the first to be, either way.
    const { change, isChosen } = store.getState();
    const to = isChosen ? lines[lines.indexOf(line) + step] : line;
    if (to !== undefined) change({ current: to.line, isChosen: true });
    return true;
  };
  // In an empty scan field both are keys and never text, also where there is nothing for them to do.
  const step = (by_milli: number): boolean => {
    if (!isFree()) return false;
    const line = current();
    if (line === undefined || line.unit !== 'piece' || line.quantity_milli + by_milli <= 0) return true;
    store.getState().change({ current: line.line, isChosen: true });
    void setQuantity(line, line.quantity_milli + by_milli);
    return true;
  };
  useShortcut('lineUp', () => choose(-1), { inFields: true, repeats: true });
  useShortcut('lineDown', () => choose(1), { inFields: true, repeats: true });
  useShortcut('oneMore', () => step(1000), { inFields: true });
  useShortcut('oneLess', () => step(-1000), { inFields: true });
  useShortcut(
    'removeLine',
    () => {
      const line = current();
      if (!isFree() || line === undefined) return false;
      void remove(line);
      return true;
    },
    { inFields: true },
  );
}
