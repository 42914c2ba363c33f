import { PackageSearch, X } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { priceBasket } from '../../../shared/sale/price.ts';
import { AmountTooLarge } from '../../../shared/money/minor.ts';
import {
  Button,
  EmptyState,
  IconButton,
  MoneyField,
  Panel,
  QuantityField,
  SegmentedControl,
  useFarPrices,
  useFormat,
} from '../../ui/index.ts';
import { useApproved } from '../approval/use-approved.ts';
import type { Product, Tax } from '../data/operations.ts';
import { useAsk } from '../data/use-ask.ts';
import { useAmountText } from '../frame/amount-text.ts';
import { ReasonField } from '../frame/reason-field.tsx';
import { useAtTheTill } from '../frame/session-context.tsx';
import { useScanner } from '../scan/index.ts';
import { GiveBackColumn } from './give-back-column.tsx';
import { ProductFinder, useFindByBarcode } from './product-finder.tsx';
import s from './refund-screen.module.css';

/** One product that comes back without a receipt. */
interface FreeLine {
  readonly product: Product;
  readonly quantity_milli: number;
  /** What was paid for one, as it was typed. */
  readonly price: string;
  readonly restock: boolean;
}

/** Giving back what nobody can show a receipt for: products, how many, and what was paid. */
export function FreeRefundScreen(): ReactNode {
  const { t } = useTranslation(['refund', 'common']);
  const [, goTo] = useLocation();
  const format = useFormat();
  const amountText = useAmountText();
  const [lines, setLines] = useState<readonly FreeLine[]>([]);
  const [reason, setReason] = useState('');
  const [tender, setTender] = useState<'cash' | 'card'>('cash');
  const total_minor = useTotal(lines);
  const findByBarcode = useFindByBarcode();
  const approved = useApproved('refund.without_receipt', 'refund.without_receipt', ({ refund }) =>
    goTo(`/done/${refund}`),
  );
  const add = (product: Product): void => {
    approved.clear();
    const price = product.price_minor === null ? '' : format.amount(product.price_minor);
    setLines((now) =>
      now.some((line) => line.product.product === product.product)
        ? now.map((line) =>
            line.product.product === product.product ? { ...line, quantity_milli: line.quantity_milli + 1000 } : line,
          )
        : [...now, { product, quantity_milli: 1000, price, restock: true }],
    );
  };
  // Here a scan means what comes back, not what is sold.
  useScanner(async (code, heard) => {
    const found = await findByBarcode(code);
    heard(found === undefined ? 'bad' : 'good');
    if (found !== undefined) add(found);
  });
  const change = (at: number, changes: Partial<FreeLine>): void => {
    approved.clear();
    setLines((now) => now.map((line, i) => (i === at ? { ...line, ...changes } : line)));
  };
  const far = useFarPrices(lines.map(({ price, product }) => ({ typed: price, before_minor: product.price_minor })));
  const give = (): void => {
    if (!far.isMeant()) return;
    void approved.start({
      lines: lines.map(({ price, product, quantity_milli, restock }) => ({
        product: product.product,
        quantity_milli,
        price: amountText(price),
        restock,
      })),
      tender,
      reason,
    });
  };
  const isPriceMissing = lines.some(({ price }) => price === '');
  return (
    <div className={s['refund']}>
      <section className={s['work']}>
        <header className={s['head']}>
          <h1 className={s['title']}>{t('free.title')}</h1>
        </header>
        <ProductFinder onChoose={add} />
        <Panel isFilling label={t('free.title')}>
          <div className={s['scroller']}>
            {lines.length === 0 && (
              <EmptyState icon={PackageSearch} title={t('free.none')}>
                {t('free.hint')}
              </EmptyState>
            )}
            {lines.map((line, at) => (
              <FreeRow
                key={line.product.product}
                line={line}
                onChange={(changes) => change(at, changes)}
                onRemove={() => setLines((now) => now.filter((_, i) => i !== at))}
              />
            ))}
          </div>
          <div className={s['bar']}>
            {far.question(give)}
            <ReasonField
              label={t('reason')}
              onChange={setReason}
              usual={[t('reasons.faulty'), t('reasons.wrong'), t('reasons.mind')]}
              value={reason}
            />
          </div>
        </Panel>
        <footer className={s['foot']}>
          <Button onPress={() => goTo('/')} shortcut="cancel" shortcutInFields size="function">
            {t('cancel')}
          </Button>
          <Button onPress={() => goTo('/refund')} size="function">
            {t('free.switch')}
          </Button>
        </footer>
      </section>
      <GiveBackColumn
        amount_minor={total_minor}
        approved={approved}
        detail={t('itemsIn', {
          items: t('common:lines', { count: lines.length }),
          tender: tender === 'cash' ? t('inCash') : t('onCard'),
        })}
        onGive={give}
        onTender={setTender}
        reason={reason}
        refusedBecause={
          lines.length === 0
            ? t('nothingChosen')
            : isPriceMissing
              ? t('free.priceMissing')
              : reason.trim() === ''
                ? t('reasonMissing')
                : undefined
        }
        tender={tender}
        words={t('give', { amount: format.money(total_minor) })}
      />
    </div>
  );
}

/** What it comes to, by the same arithmetic as the till's; the till works it out again. */
function useTotal(lines: readonly FreeLine[]): number {
  const { settings } = useAtTheTill();
  const format = useFormat();
  const taxes = useAsk('catalogue.taxes', {}).data?.taxes ?? [];
  try {
    return priceBasket({
      currency: settings.currency,
      prices_include_tax: settings.prices_include_tax,
      tax_rounding: settings.tax_rounding,
      basket_discounts: [],
      lines: lines.flatMap(({ price, product, quantity_milli }) => {
        const reading = format.readMoney(price);
        if (!reading.ok || reading.value < 0) return [];
        return [
          {
            id: product.product,
            quantity_milli,
            unit_price_minor: reading.value,
            discounts: [],
            taxes: product.taxes.flatMap((id) => taxToApply(taxes, id)),
          },
        ];
      }),
    }).total_minor;
  } catch (error) {
    // The till will say so when it is given back.
    if (error instanceof AmountTooLarge) return 0;
    throw error;
  }
}

function taxToApply(taxes: readonly Tax[], id: Tax['tax']) {
  return taxes.flatMap(({ code, rate_millionths, tax }) => (tax === id ? [{ tax, code, rate_millionths }] : []));
}

function FreeRow(props: {
  readonly line: FreeLine;
  readonly onChange: (changes: Partial<FreeLine>) => void;
  readonly onRemove: () => void;
}): ReactNode {
  const { line, onChange, onRemove } = props;
  const { t } = useTranslation('refund');
  const isPieces = line.product.unit === 'piece';
  return (
    <div className={s['line']}>
      <span className={s['product']}>
        <bdi>{line.product.name}</bdi>
        <small>
          <bdi>{line.product.sku}</bdi>
        </small>
      </span>
      <QuantityField
        isWhole={isPieces}
        label={t('free.quantity')}
        min_milli={isPieces ? 1000 : 1}
        onChange={(quantity_milli) => onChange({ quantity_milli })}
        quantity_milli={line.quantity_milli}
        step_milli={isPieces ? 1000 : 100}
      />
      <MoneyField label={t('free.price')} onChange={(price) => onChange({ price })} value={line.price} />
      <span className={s['goods']}>
        <SegmentedControl
          choices={[
            { id: 'restock', label: t('restock') },
            { id: 'writeOff', label: t('writeOff') },
          ]}
          label={t('goodsOf', { name: line.product.name })}
          onChange={(id) => onChange({ restock: id === 'restock' })}
          value={line.restock ? 'restock' : 'writeOff'}
        />
      </span>
      <IconButton icon={X} label={t('free.remove', { name: line.product.name })} onPress={onRemove} size="small" />
    </div>
  );
}
