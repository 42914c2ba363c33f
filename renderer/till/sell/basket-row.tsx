import { PencilLine, Tag as TagIcon } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { BasketLine, Button, QuantityField, Tag, useFormat } from '../../ui/index.ts';
import type { BasketLineAnswer } from '../data/operations.ts';
import s from './basket-row.module.css';
import { useSellStore } from './sell-store.tsx';
import { useLineDetail } from './use-line-detail.ts';
import { useRingUp } from './use-ring-up.ts';

export interface BasketRowProps {
  readonly line: BasketLineAnswer;
  /** The line that is spoken of: it is tinted, and what the keys act on. */
  readonly isCurrent: boolean;
  /** Somebody chose it: its actions show. */
  readonly isChosen: boolean;
  readonly isNew: boolean;
}

/** One line of the basket, with why it costs what it costs. Drawn again only when something of it changed. */
export const BasketRow = memo(function BasketRow({ isChosen, isCurrent, isNew, line }: BasketRowProps): ReactNode {
  const store = useSellStore();
  const { before_minor, detail } = useLineDetail(line);
  return (
    <BasketLine
      amount_minor={line.total_minor}
      before_minor={before_minor}
      detail={detail}
      isNew={isNew}
      isSelected={isCurrent}
      isWeighed={line.unit === 'kg' || line.unit === 'g'}
      name={line.name}
      onPress={() => store.getState().change({ current: line.line, isChosen: !isChosen })}
      quantity_milli={line.quantity_milli}
      tags={<LineTags line={line} />}
    >
      {isChosen ? <LineActions line={line} /> : undefined}
    </BasketLine>
  );
});

function LineTags({ line }: { readonly line: BasketLineAnswer }): ReactNode {
  const { t } = useTranslation('sell');
  const format = useFormat();
  return (
    <>
      {line.price_source === 'override' && (
        <Tag icon={PencilLine} tone="neutral">
          {t('line.priceChanged', { reason: line.price_reason ?? '' })}
        </Tag>
      )}
      {line.price_source === 'open' && <Tag tone="neutral">{t('line.openPrice')}</Tag>}
      {line.price_source === 'label' && <Tag tone="neutral">{t('line.labelPrice')}</Tag>}
      {line.discounts.map(({ given_minor, kind, rate_millionths, reason }) => (
        <Tag icon={TagIcon} key={`${kind} ${reason}`}>
          {kind === 'percent' && rate_millionths !== undefined
            ? t('line.percentOff', { rate: format.rate(rate_millionths), reason })
            : t('line.amountOff', { amount: format.amount(given_minor), reason })}
        </Tag>
      ))}
      {line.basket_discount_minor !== 0 && (
        <Tag icon={TagIcon}>{t('line.basketShare', { amount: format.amount(line.basket_discount_minor) })}</Tag>
      )}
    </>
  );
}

function LineActions({ line }: { readonly line: BasketLineAnswer }): ReactNode {
  const { t } = useTranslation(['sell', 'common']);
  const store = useSellStore();
  const { remove, setQuantity } = useRingUp();
  const isPieces = line.unit === 'piece';
  return (
    <div aria-label={t('line.actions')} className={s['actions']} role="group">
      <QuantityField
        isLabelHidden
        isWhole={isPieces}
        label={t('common:quantity')}
        min_milli={isPieces ? 1000 : 1}
        onChange={(quantity_milli) => void setQuantity(line, quantity_milli)}
        quantity_milli={line.quantity_milli}
        step_milli={isPieces ? 1000 : 100}
      />
      <Button keepsFocus onPress={() => store.getState().change({ dialog: { kind: 'line', line: line.line } })}>
        {t('line.price')}
      </Button>
      <Button keepsFocus onPress={() => store.getState().change({ dialog: { kind: 'discount', line: line.line } })}>
        {t('line.discount')}
      </Button>
      <Button keepsFocus onPress={() => void remove(line)} variant="danger">
        {t('line.remove')}
      </Button>
    </div>
  );
}
