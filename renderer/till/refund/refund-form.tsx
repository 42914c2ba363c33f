import { CreditCard } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { LineId } from '../../../shared/ids.ts';
import {
  AmountText,
  Button,
  classNames,
  isolated,
  Panel,
  QuantityField,
  SegmentedControl,
  useFormat,
  useShortcut,
} from '../../ui/index.ts';
import { useApproved } from '../approval/use-approved.ts';
import type { Sale } from '../data/operations.ts';
import { ReasonField } from '../frame/reason-field.tsx';
import { useLineDetail } from '../sell/use-line-detail.ts';
import { GiveBackColumn } from './give-back-column.tsx';
import { leftOf, partOf } from './part-of.ts';
import s from './refund-screen.module.css';

/** What of a line comes back, and what happens to the goods. */
interface Back {
  readonly quantity_milli: number;
  readonly restock: boolean;
}

const nothing: Back = { quantity_milli: 0, restock: true };

export interface RefundFormProps {
  readonly sale: Sale;
  /** The search, and which sale it is. */
  readonly header: ReactNode;
}

/** Sold, returned, left and now, line by line; never more than is left. */
export function RefundForm({ header, sale }: RefundFormProps): ReactNode {
  const { t } = useTranslation(['refund', 'common']);
  const [, goTo] = useLocation();
  const format = useFormat();
  const [backs, setBacks] = useState<ReadonlyMap<LineId, Back>>(new Map());
  const [reason, setReason] = useState('');
  const [tender, setTender] = useState<'cash' | 'card'>(sale.tenders[0]?.kind ?? 'cash');
  const approved = useApproved('refund.give_back', 'refund.create', ({ refund }) => goTo(`/done/${refund}`));
  const change = (line: LineId, changes: Partial<Back>): void => {
    approved.clear();
    setBacks(new Map(backs).set(line, { ...(backs.get(line) ?? nothing), ...changes }));
  };
  const takeAll = (): void => {
    approved.clear();
    setBacks(
      new Map(
        sale.lines.map((line) => [line.line, { ...(backs.get(line.line) ?? nothing), quantity_milli: leftOf(line) }]),
      ),
    );
  };
  useShortcut('takeAll', takeAll);
  const chosen = sale.lines.flatMap((line) => {
    const back = backs.get(line.line) ?? nothing;
    return back.quantity_milli > 0 ? [{ line, back }] : [];
  });
  const total_minor = chosen.reduce((sum, { line, back }) => sum + partOf(line, back.quantity_milli), 0);
  const give = (): void => {
    void approved.start({
      of_sale: sale.sale,
      lines: chosen.map(({ line, back }) => ({ line: line.line, ...back })),
      tender,
      reason,
    });
  };
  return (
    <div className={s['refund']}>
      <section className={s['work']}>
        <header className={s['head']}>
          <h1 className={s['title']}>{t('title')}</h1>
          {header}
        </header>
        <Panel isFilling label={t('title')}>
          <div className={s['scroller']}>
            <table className={s['table']}>
              <thead>
                <tr>
                  <th scope="col">{t('product')}</th>
                  <th className={s['figure']} scope="col">
                    {t('sold')}
                  </th>
                  <th className={s['figure']} scope="col">
                    {t('returned')}
                  </th>
                  <th className={s['figure']} scope="col">
                    {t('left')}
                  </th>
                  <th scope="col">{t('now')}</th>
                  <th className={s['wide']} scope="col">
                    {t('goods')}
                  </th>
                  <th className={s['figure']} scope="col">
                    {t('amount')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {sale.lines.map((line) => (
                  <RefundRow
                    back={backs.get(line.line) ?? nothing}
                    key={line.line}
                    line={line}
                    onChange={(changes) => change(line.line, changes)}
                  />
                ))}
              </tbody>
            </table>
          </div>
          <div className={s['bar']}>
            <ReasonField
              label={t('reason')}
              onChange={setReason}
              usual={[t('reasons.faulty'), t('reasons.wrong'), t('reasons.mind')]}
              value={reason}
            />
            <Button onPress={takeAll} shortcut="takeAll">
              {t('allLeft')}
            </Button>
          </div>
        </Panel>
        <footer className={s['foot']}>
          <Button onPress={() => goTo('/')} shortcut="cancel" shortcutInFields size="function">
            {t('cancel')}
          </Button>
          <Button onPress={() => goTo('/refund-free')} size="function">
            {t('withoutReceipt')}
          </Button>
          {sale.tenders[0] !== undefined && (
            <span className={s['rule']}>
              <CreditCard aria-hidden="true" />
              {t('rule', { way: t(sale.tenders[0].kind === 'cash' ? 'inCash' : 'onCard') })}
            </span>
          )}
        </footer>
      </section>
      <GiveBackColumn
        amount_minor={total_minor}
        approved={approved}
        detail={t('itemsIn', {
          items: t('common:lines', { count: chosen.length }),
          tender: tender === 'cash' ? t('inCash') : t('onCard'),
        })}
        onGive={give}
        onTender={setTender}
        reason={reason}
        refusedBecause={
          chosen.length === 0 ? t('nothingChosen') : reason.trim() === '' ? t('reasonMissing') : undefined
        }
        tender={tender}
        words={t('give', { amount: format.money(total_minor) })}
      />
    </div>
  );
}

function RefundRow(props: {
  readonly line: Sale['lines'][number];
  readonly back: Back;
  readonly onChange: (changes: Partial<Back>) => void;
}): ReactNode {
  const { back, line, onChange } = props;
  const { t } = useTranslation(['refund', 'sell']);
  const format = useFormat();
  const { detail } = useLineDetail(line);
  const left_milli = leftOf(line);
  const isPieces = line.unit === 'piece';
  const quantity = (milli: number): string => format.quantity(milli, undefined, !isPieces);
  const isChosen = back.quantity_milli > 0;
  const goods = (
    <SegmentedControl
      choices={[
        { id: 'restock', label: t('restock') },
        { id: 'writeOff', label: t('writeOff') },
      ]}
      label={t('goodsOf', { name: line.name })}
      onChange={(id) => onChange({ restock: id === 'restock' })}
      value={back.restock ? 'restock' : 'writeOff'}
    />
  );
  return (
    <tr className={classNames(isChosen && s['chosen'], left_milli === 0 && s['nothing'])}>
      <th scope="row">
        <span className={s['product']}>
          {isolated(line.name)}
          <small>
            {detail ??
              t('sell:line.at', { quantity: format.quantity(1000), price: format.amount(line.unit_price_minor) })}
          </small>
        </span>
      </th>
      <td className={s['figure']}>{quantity(line.quantity_milli)}</td>
      <td className={s['figure']}>{quantity(line.returned_milli)}</td>
      <td className={s['figure']}>
        <b>{quantity(left_milli)}</b>
      </td>
      <td>
        {left_milli === 0 ? (
          t('allReturned')
        ) : isPieces ? (
          <QuantityField
            isLabelHidden
            isWhole
            label={t('nowOf', { name: line.name })}
            max_milli={left_milli}
            onChange={(quantity_milli) => onChange({ quantity_milli })}
            quantity_milli={back.quantity_milli}
          />
        ) : (
          <SegmentedControl
            choices={[
              { id: 'none', label: t('none') },
              { id: 'all', label: format.quantity(left_milli, t(`sell:unit.${line.unit}`), true) },
            ]}
            label={t('nowOf', { name: line.name })}
            onChange={(id) => onChange({ quantity_milli: id === 'all' ? left_milli : 0 })}
            value={isChosen ? 'all' : 'none'}
          />
        )}
        {isChosen && <span className={s['narrow']}>{goods}</span>}
      </td>
      <td className={s['wide']}>{isChosen && goods}</td>
      <td className={s['figure']}>
        <AmountText amount_minor={partOf(line, back.quantity_milli)} isStrong />
      </td>
    </tr>
  );
}
