import { Minus, Plus } from 'lucide-react';
import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { AmountText, classNames, Denomination, IconButton, NumPad, Panel, typeKey, useFormat } from '../../ui/index.ts';
import type { Denomination as Piece } from '../../../shared/sale/cash.ts';
import { coinText } from '../frame/coin-text.ts';
import s from './count-panels.module.css';

const maxCount = 100_000;
const maxDigits = 5;

export interface CountPanelsProps {
  readonly pieces: readonly Piece[];
  readonly counts: ReadonlyMap<number, number>;
  readonly onChange: (counts: ReadonlyMap<number, number>) => void;
  /** Enter on the last piece. */
  readonly onDone: () => void;
  /** The count is confirmed. */
  readonly isLocked: boolean;
}

/** Notes and coins, each with how many there are: by keys, by touch, or with the pad. */
export function CountPanels({ counts, isLocked, onChange, onDone, pieces }: CountPanelsProps): ReactNode {
  const { t } = useTranslation('shift');
  const fields = useRef(new Map<number, HTMLInputElement>());
  const [current, setCurrent] = useState(pieces[0]?.value_minor ?? 0);
  const set = (value_minor: number, count: number): void => {
    onChange(new Map(counts).set(value_minor, Math.min(Math.max(count, 0), maxCount)));
  };
  const moveBy = (step: number): void => {
    const at = pieces.findIndex(({ value_minor }) => value_minor === current);
    const to = pieces[at + step];
    if (to === undefined) {
      if (step > 0) onDone();
      return;
    }
    setCurrent(to.value_minor);
    fields.current.get(to.value_minor)?.focus();
  };
  const row = (piece: Piece): ReactNode => (
    <CountRow
      count={counts.get(piece.value_minor) ?? 0}
      isCurrent={piece.value_minor === current}
      isFirst={piece === pieces[0]}
      isLocked={isLocked}
      key={piece.value_minor}
      onCount={(count) => set(piece.value_minor, count)}
      onFocus={() => setCurrent(piece.value_minor)}
      onMove={moveBy}
      piece={piece}
      register={(field) => {
        if (field === null) fields.current.delete(piece.value_minor);
        else fields.current.set(piece.value_minor, field);
      }}
    />
  );
  const notes = pieces.filter(({ kind }) => kind === 'note');
  const coins = pieces.filter(({ kind }) => kind === 'coin');
  const sum = (some: readonly Piece[]): number =>
    some.reduce((total, { value_minor }) => total + value_minor * (counts.get(value_minor) ?? 0), 0);
  return (
    <div className={s['panels']}>
      <Panel isFilling label={t('close.notes')}>
        <PanelHead amount_minor={sum(notes)} label={t('close.notes')} />
        <ul className={s['rows']}>{notes.map(row)}</ul>
        <div className={s['pad']}>
          <NumPad
            extras={[{ id: 'next', label: t('close.next'), onPress: () => moveBy(1), keys: 'Enter' }]}
            isDisabled={isLocked}
            layout="count"
            onKey={(key) => {
              const count = counts.get(current) ?? 0;
              const entry = typeKey(count === 0 ? '' : String(count), key, {
                decimals: 0,
                decimalSign: '.',
                digits: maxDigits,
              });
              set(current, Number(entry));
            }}
          />
        </div>
      </Panel>
      <Panel isFilling label={t('close.coins')}>
        <PanelHead amount_minor={sum(coins)} label={t('close.coins')} />
        <ul className={s['rows']}>{coins.map(row)}</ul>
      </Panel>
    </div>
  );
}

function PanelHead({ amount_minor, label }: { readonly label: string; readonly amount_minor: number }): ReactNode {
  return (
    <header className={s['head']}>
      <h2>{label}</h2>
      <AmountText amount_minor={amount_minor} />
    </header>
  );
}

function CountRow(props: {
  readonly piece: Piece;
  readonly count: number;
  readonly isCurrent: boolean;
  readonly isFirst: boolean;
  readonly isLocked: boolean;
  readonly onCount: (count: number) => void;
  readonly onFocus: () => void;
  readonly onMove: (step: number) => void;
  readonly register: (field: HTMLInputElement | null) => void;
}): ReactNode {
  const { count, isCurrent, isFirst, isLocked, onCount, onFocus, onMove, piece, register } = props;
  const { t } = useTranslation(['shift', 'common']);
  const format = useFormat();
  const words = coinText(piece.value_minor, format.currency, format.locale);
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    const steps: Readonly<Record<string, () => void>> = {
      ArrowUp: () => onMove(-1),
      ArrowDown: () => onMove(1),
      Enter: () => onMove(1),
      '+': () => onCount(count + 1),
      '-': () => onCount(count - 1),
    };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    step();
  };
  return (
    <li className={classNames(s['row'], isCurrent && !isLocked && s['current'])}>
      <Denomination kind={piece.kind}>{words}</Denomination>
      <IconButton
        icon={Minus}
        isDisabled={isLocked || count === 0}
        keepsFocus
        label={`${words}: ${t('common:decrease')}`}
        onPress={() => {
          onFocus();
          onCount(count - 1);
        }}
        size="small"
      />
      <input
        aria-label={t('close.howMany', { value: words })}
        autoFocus={isFirst}
        className={s['count']}
        data-framed=""
        data-scan="never"
        dir="ltr"
        disabled={isLocked}
        inputMode="numeric"
        onChange={(event) => {
          const text = event.target.value.trim();
          const reading = text === '' ? { ok: true as const, value: 0 } : format.readQuantity(text);
          // What is no number of pieces is not made into one: the count stays as it was.
          if (reading.ok && reading.value >= 0 && reading.value % 1000 === 0) onCount(reading.value / 1000);
        }}
        onFocus={(event) => {
          event.target.select();
          onFocus();
        }}
        onKeyDown={onKeyDown}
        ref={register}
        value={String(count)}
      />
      <IconButton
        icon={Plus}
        isDisabled={isLocked}
        keepsFocus
        label={`${words}: ${t('common:increase')}`}
        onPress={() => {
          onFocus();
          onCount(count + 1);
        }}
        size="small"
      />
      <span className={s['sum']}>
        <AmountText amount_minor={piece.value_minor * count} />
      </span>
    </li>
  );
}
