import { Plus } from 'lucide-react';
import { useDeferredValue, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CategoryId } from '../../../shared/ids.ts';
import {
  AmountText,
  Button,
  CategoryDot,
  Checkbox,
  Chip,
  EmptyState,
  Notice,
  SearchField,
  Select,
  Table,
} from '../../ui/index.ts';
import { useMay } from '../data/office-context.tsx';
import type { Category, Product } from '../data/operations.ts';
import { useAskPages } from '../data/use-ask-pages.ts';
import { useAsk } from '../data/use-ask.ts';
import { EndlessList } from '../frame/endless-list.tsx';
import { BarEnd, TabPage } from '../frame/tab-page.tsx';
import { TwoLines } from '../frame/two-lines.tsx';
import { useQuantity } from '../frame/use-words.ts';
import { ProductDialog } from './product-dialog.tsx';
import s from './products-page.module.css';

interface Filters {
  readonly text: string;
  readonly category: CategoryId | null;
  readonly include_inactive: boolean;
}

/** The catalogue, in the order of names. */
export function ProductsPage(): ReactNode {
  const { t } = useTranslation(['headoffice', 'products', 'common']);
  const mayEdit = useMay('product.edit');
  const [filters, setFilters] = useState<Filters>({ text: '', category: null, include_inactive: false });
  const [edited, setEdited] = useState<Product | 'new' | null>(null);
  const [saved, setSaved] = useState<string | null>(null);
  const text = useDeferredValue(filters.text);
  const products = useAskPages('product.list', { ...filters, text, limit: 100 });
  const categories = useAsk('catalogue.categories', {}).data?.categories ?? [];
  const change = (changes: Partial<Filters>): void => setFilters((held) => ({ ...held, ...changes }));
  return (
    <TabPage
      bar={
        <>
          <div className={s['search']}>
            <SearchField
              label={t('products:search')}
              onChange={(words) => change({ text: words })}
              onClear={() => change({ text: '' })}
              value={filters.text}
            />
          </div>
          <Select<CategoryId | ''>
            choices={[
              { id: '', label: t('common:all') },
              ...categories.map(({ category, name }) => ({ id: category, label: name })),
            ]}
            label={t('products:category')}
            onChange={(category) => change({ category: category === '' ? null : category })}
            value={filters.category ?? ''}
          />
          <Checkbox isSelected={filters.include_inactive} onChange={(include_inactive) => change({ include_inactive })}>
            {t('products:inactive')}
          </Checkbox>
          {mayEdit && (
            <BarEnd>
              <Button icon={Plus} onPress={() => setEdited('new')} variant="primary">
                {t('products:new')}
              </Button>
            </BarEnd>
          )}
        </>
      }
    >
      {saved !== null && <Notice onClose={() => setSaved(null)} severity="ok" title={saved} />}
      <EndlessList
        failed={t('products:failed')}
        loading={t('products:loading')}
        more={t('products:more')}
        of={products}
      >
        {(pages) => (
          <ProductsTable
            categories={categories}
            onOpen={setEdited}
            rows={pages.flatMap((page) => page.products)}
            text={text}
          />
        )}
      </EndlessList>
      {edited !== null && (
        <ProductDialog
          categories={categories}
          onClose={() => setEdited(null)}
          onSaved={(words) => {
            setEdited(null);
            setSaved(words);
          }}
          product={edited === 'new' ? null : edited}
        />
      )}
    </TabPage>
  );
}

function ProductsTable(props: {
  readonly rows: readonly Product[];
  readonly categories: readonly Category[];
  readonly text: string;
  readonly onOpen: (product: Product) => void;
}): ReactNode {
  const { categories, text } = props;
  const { t } = useTranslation('products');
  const quantity = useQuantity();
  const byId = new Map(categories.map((category) => [category.category, category]));
  const categoryOf = ({ category }: Product) => (category === null ? undefined : byId.get(category));
  return (
    <Table<Product>
      columns={[
        {
          id: 'name',
          title: t('name'),
          render: ({ barcodes, name }) => <TwoLines detail={<bdi>{barcodes.join(', ')}</bdi>} title={name} />,
          isRowName: true,
        },
        { id: 'sku', title: t('sku'), render: ({ sku }) => <bdi className={s['sku']}>{sku}</bdi> },
        {
          id: 'category',
          title: t('category'),
          render: (product) => {
            const category = categoryOf(product);
            return category === undefined ? (
              '–'
            ) : (
              <span className={s['category']}>
                <CategoryDot tint={category.tint} /> <bdi>{category.name}</bdi>
              </span>
            );
          },
        },
        {
          id: 'stock',
          title: t('stock'),
          render: ({ stock_milli, unit }) =>
            stock_milli === null ? t('notStocked') : <bdi>{quantity(stock_milli, unit)}</bdi>,
          isFigure: true,
        },
        {
          id: 'price',
          title: t('price'),
          render: ({ price_minor }) =>
            price_minor === null ? t('openPrice') : <AmountText amount_minor={price_minor} isStrong />,
          isFigure: true,
        },
        {
          id: 'state',
          title: t('state'),
          render: ({ active }) => (active ? t('active') : <Chip severity="info">{t('retired')}</Chip>),
          width: 'narrow',
        },
      ]}
      isFaded={({ active }) => !active}
      label={t('title')}
      onRowPress={props.onOpen}
      placeholder={
        text === '' ? (
          <EmptyState title={t('none')}>{t('noneHint')}</EmptyState>
        ) : (
          <EmptyState title={t('noneFound', { text })} />
        )
      }
      rowId={({ product }) => product}
      rows={props.rows}
    />
  );
}
