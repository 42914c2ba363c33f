import { Banknote, CreditCard, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { SaleId } from '../../../shared/ids.ts';
import { AmountText, Button, IconButton, Panel, SumList, SumRow, useFormat } from '../../ui/index.ts';
import type { Basket, BasketLineAnswer } from '../data/operations.ts';
import { useCommand } from '../data/use-command.ts';
import { useFailureText } from '../frame/failure-text.ts';
import { CountText } from '../sell/count-text.tsx';
import s from './pay-column.module.css';

export interface PayColumnProps {
  readonly basket: Basket;
  readonly id: SaleId;
  readonly onBack: () => void;
}

/** The sale beside the money: its lines, its sums, and what has been paid towards it. */
export function PayColumn({ basket, id, onBack }: PayColumnProps): ReactNode {
  const { t } = useTranslation(['pay', 'sell', 'common']);
  return (
    <Panel isFilling label={t('sell:basket.label')}>
      <header className={s['head']}>
        <span className={s['count']}>{<CountText lines={basket.lines} />}</span>
        <span className={s['back']}>
          <Button onPress={onBack} shortcut="cancel" shortcutInFields size="small" variant="quiet">
            {t('back')}
          </Button>
        </span>
      </header>
      <ul aria-label={t('sell:basket.lines')} className={s['lines']}>
        {basket.lines.map((line) => (
          <PayLine key={line.line} line={line} />
        ))}
      </ul>
      <div className={s['sums']}>
        <SumList>
          <SumRow amount_minor={basket.gross_minor} label={t('subtotal')} />
          {basket.discount_minor !== 0 && <SumRow amount_minor={-basket.discount_minor} label={t('discounts')} />}
          <SumRow
            amount_minor={basket.tax_minor}
            label={basket.prices_include_tax ? t('taxIncluded') : t('taxAdded')}
          />
          <SumRow amount_minor={basket.total_minor} isStrong label={t('sum')} />
        </SumList>
      </div>
      {basket.tenders.length > 0 && <Tenders basket={basket} id={id} />}
      <div className={s['due']}>
        <span>{t('stillDue')}</span>
        <AmountText amount_minor={basket.due_minor} />
      </div>
    </Panel>
  );
}

function PayLine({ line }: { readonly line: BasketLineAnswer }): ReactNode {
  const { t } = useTranslation('sell');
  const format = useFormat();
  const isPieces = line.unit === 'piece';
  return (
    <li className={s['line']}>
      <bdi className={s['quantity']}>{format.quantity(line.quantity_milli, t(`unit.${line.unit}`), !isPieces)}</bdi>
      <bdi className={s['name']}>{line.name}</bdi>
      <span className={s['amount']}>
        <AmountText amount_minor={line.total_minor} isStrong />
      </span>
    </li>
  );
}

/** What has been paid so far; each can be taken back until the sale is complete. */
function Tenders({ basket, id }: { readonly basket: Basket; readonly id: SaleId }): ReactNode {
  const { t } = useTranslation('pay');
  const format = useFormat();
  const failureText = useFailureText();
  const remove = useCommand('basket.remove_tender');
  return (
    <div className={s['tenders']}>
      <h2 className={s['title']}>{t('paidSoFar')}</h2>
      <ul>
        {basket.tenders.map(({ amount_minor, handed_minor, kind, tender }) => {
          const Icon = kind === 'cash' ? Banknote : CreditCard;
          return (
            <li className={s['tender']} key={tender}>
              <Icon aria-hidden="true" className={s['icon']} />
              <span className={s['kind']}>
                {t(kind)}
                {handed_minor !== amount_minor && (
                  <span className={s['detail']}>{t('handed', { amount: format.amount(handed_minor) })}</span>
                )}
              </span>
              <AmountText amount_minor={amount_minor} isStrong />
              <IconButton
                icon={X}
                isDisabled={remove.isPending}
                keepsFocus
                label={t('removeTender', { kind: t(kind), amount: format.amount(amount_minor) })}
                onPress={() => void remove.run({ basket: id, tender })}
                size="small"
              />
            </li>
          );
        })}
      </ul>
      {remove.failure !== undefined && (
        <p className={s['error']} role="alert">
          {failureText(remove.failure)}
        </p>
      )}
    </div>
  );
}
