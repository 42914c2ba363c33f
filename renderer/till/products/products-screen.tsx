import { Hourglass, Plus, Tags } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import {
  AmountText,
  Button,
  Checkbox,
  Chip,
  EmptyState,
  type FetchedRows,
  type ListPlace,
  Notice,
  Panel,
  Table,
  useFormat,
} from '../../ui/index.ts';
import type { Product } from '../data/operations.ts';
import { useAsk } from '../data/use-ask.ts';
import { useAskRows } from '../data/use-ask-rows.ts';
import { ListHeader } from '../frame/list-header.tsx';
import { useListMemory } from '../frame/list-memory.tsx';
import p from '../frame/page.module.css';
import { useAtTheTill } from '../frame/session-context.tsx';
import { Unanswered } from '../frame/unanswered.tsx';
import { useScanner } from '../scan/index.ts';
import { DecisionNotices } from './decision-notices.tsx';
import s from './products.module.css';

/** The catalogue, the inactive too; a scan here finds the product instead of selling it. */
export function ProductsScreen(): ReactNode {
  const { t } = useTranslation(['products', 'common', 'sell']);
  const { can } = useAtTheTill();
  const [, goTo] = useLocation();
  const { place, setText, text } = useListMemory('/products');
  const [withInactive, setWithInactive] = useState(false);
  useScanner((code) => setText(code));
  const list = useAskRows('product.list', { text: text.trim(), include_inactive: withInactive }, (answer) => ({
    rows: answer.products,
    total: answer.total,
  }));
  const decisions = useAsk('product.decisions', { product: null });
  const told = decisions.data?.decisions.filter(({ state }) => state !== 'undecided') ?? [];
  return (
    <div className={p['page']}>
      <ListHeader
        actions={
          <>
            <Button icon={Tags} onPress={() => goTo('/categories')}>
              {t('categories.title')}
            </Button>
            {can('product.edit') && (
              <Button icon={Plus} onPress={() => goTo('/products/new')} variant="primary">
                {t('new')}
              </Button>
            )}
          </>
        }
        detail={list.first === undefined ? undefined : t('count', { count: list.first.total })}
        onText={setText}
        searchLabel={t('search')}
        text={text}
        title={t('title')}
      />
      {list.first?.is_proposed === true && told.length === 0 && (
        <Notice severity="info" title={t('readOnly')}>
          {can('product.edit') ? t('proposedHint') : t('readOnlyHint')}
        </Notice>
      )}
      <DecisionNotices decisions={told} />
      <Panel isFilling label={t('title')}>
        <ProductsTable
          onChoose={(product) => goTo(`/products/${product.product}`)}
          placeholder={
            <Unanswered asked={list.asked} failed={t('failed')} failedHint={t('failedHint')} loading={t('loading')}>
              <EmptyState title={text === '' ? t('none') : t('noneFound', { text })}>
                {text === '' && can('product.edit') ? t('noneHint') : undefined}
              </EmptyState>
            </Unanswered>
          }
          place={place}
          products={list.rows}
        />
        <footer className={p['foot']}>
          <Checkbox isSelected={withInactive} onChange={setWithInactive}>
            {t('inactive')}
          </Checkbox>
        </footer>
      </Panel>
    </div>
  );
}

function ProductsTable(props: {
  readonly products: FetchedRows<Product>;
  readonly place: ListPlace;
  readonly placeholder: ReactNode;
  readonly onChoose: (product: Product) => void;
}): ReactNode {
  const { onChoose, placeholder, products } = props;
  const { t } = useTranslation(['products', 'sell']);
  const format = useFormat();
  const categories = useAsk('catalogue.categories', {});
  const nameOf = (id: Product['category']): string =>
    categories.data?.categories.find(({ category }) => category === id)?.name ?? '';
  return (
    <Table
      columns={[
        { id: 'name', title: t('name'), isRowName: true, width: 'wide', render: ({ name }) => name },
        { id: 'sku', title: t('sku'), render: ({ sku }) => <bdi className={p['nowrap']}>{sku}</bdi> },
        {
          id: 'category',
          title: t('category'),
          render: ({ category }) => <bdi className={p['nowrap']}>{nameOf(category)}</bdi>,
        },
        {
          id: 'state',
          title: t('state'),
          render: ({ active, is_undecided }) => (
            <span className={s['states']}>
              <Chip severity={active ? 'ok' : 'info'}>{active ? t('active') : t('retired')}</Chip>
              {is_undecided && (
                <Chip icon={Hourglass} severity="info">
                  {t('decisions.open')}
                </Chip>
              )}
            </span>
          ),
        },
        {
          id: 'stock',
          title: t('stock'),
          isFigure: true,
          render: ({ stock_milli, unit }) =>
            stock_milli === null ? (
              <span className={p['nowrap']}>{t('notStocked')}</span>
            ) : (
              <bdi className={p['nowrap']}>{format.quantity(stock_milli, t(`sell:unit.${unit}`))}</bdi>
            ),
        },
        {
          id: 'price',
          title: t('price'),
          isFigure: true,
          render: ({ price_minor }) =>
            price_minor === null ? t('openPrice') : <AmountText amount_minor={price_minor} isStrong />,
        },
      ]}
      isFaded={({ active }) => !active}
      isRoomy
      label={t('title')}
      onRowPress={onChoose}
      place={props.place}
      placeholder={placeholder}
      rowId={({ product }) => product}
      rows={products}
    />
  );
}
