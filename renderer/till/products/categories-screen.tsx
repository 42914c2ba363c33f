import { Plus } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import {
  Button,
  CategoryDot,
  Chip,
  EmptyState,
  ErrorState,
  LoadingState,
  Notice,
  PageHeader,
  Panel,
  Table,
  useFormat,
} from '../../ui/index.ts';
import type { Category, Tax } from '../data/operations.ts';
import { useAsk } from '../data/use-ask.ts';
import { useErrorText } from '../frame/failure-text.ts';
import { useAtTheTill } from '../frame/session-context.tsx';
import { CategoryDialog } from './category-dialog.tsx';
import p from '../frame/page.module.css';
import s from './products.module.css';
import { TaxDialog } from './tax-dialog.tsx';

/** The categories in their order, and the taxes. */
export function CategoriesScreen(): ReactNode {
  const { t } = useTranslation('products');
  const { can } = useAtTheTill();
  const format = useFormat();
  const errorText = useErrorText();
  const [, goTo] = useLocation();
  const categories = useAsk('catalogue.categories', {});
  const taxes = useAsk('catalogue.taxes', {});
  const [category, setCategory] = useState<Category | 'new' | null>(null);
  const [tax, setTax] = useState<Tax | 'new' | null>(null);
  const error = categories.error ?? taxes.error;
  const isReadOnly = categories.data?.read_only ?? true;
  const mayEdit = !isReadOnly && can('product.edit');
  const state = (active: boolean): ReactNode => (
    <Chip severity={active ? 'ok' : 'info'}>{active ? t('active') : t('retired')}</Chip>
  );
  if (error !== null || categories.data === undefined || taxes.data === undefined) {
    return (
      <div className={p['page']}>
        <PageHeader onBack={() => goTo('/')} title={t('categories.title')} />
        {error === null ? (
          <LoadingState />
        ) : (
          <ErrorState
            onRetry={() => {
              void categories.refetch();
              void taxes.refetch();
            }}
            title={t('categories.failed')}
          >
            {errorText(error)}
          </ErrorState>
        )}
      </div>
    );
  }
  return (
    <div className={p['page']}>
      <PageHeader onBack={() => goTo('/')} title={t('categories.title')} />
      {isReadOnly && (
        <Notice severity="info" title={t('readOnly')}>
          {t('readOnlyHint')}
        </Notice>
      )}
      <div className={`${p['scroll'] ?? ''} ${p['columns'] ?? ''}`}>
        <Panel
          actions={
            mayEdit && (
              <Button icon={Plus} onPress={() => setCategory('new')} size="small">
                {t('categories.newCategory')}
              </Button>
            )
          }
          title={t('categories.categories')}
        >
          <Table
            columns={[
              {
                id: 'name',
                title: t('categories.name'),
                isRowName: true,
                width: 'wide',
                render: ({ name, tint }) => (
                  <span className={s['named']}>
                    <CategoryDot tint={tint} /> <bdi>{name}</bdi>
                  </span>
                ),
              },
              { id: 'state', title: t('state'), render: ({ active }) => state(active) },
            ]}
            isFaded={({ active }) => !active}
            isRoomy
            label={t('categories.categories')}
            onRowPress={mayEdit ? setCategory : undefined}
            placeholder={<EmptyState title={t('categories.none')} />}
            rowId={({ category: id }) => id}
            rows={categories.data.categories}
          />
        </Panel>
        <Panel
          actions={
            mayEdit && (
              <Button icon={Plus} onPress={() => setTax('new')} size="small">
                {t('categories.newTax')}
              </Button>
            )
          }
          title={t('categories.taxes')}
        >
          <Table
            columns={[
              { id: 'code', title: t('categories.code'), width: 'narrow', render: ({ code }) => <bdi>{code}</bdi> },
              { id: 'name', title: t('categories.name'), isRowName: true, width: 'wide', render: ({ name }) => name },
              { id: 'state', title: t('state'), render: ({ active }) => state(active) },
              {
                id: 'rate',
                title: t('categories.rate'),
                isFigure: true,
                render: ({ rate_millionths }) => <bdi>{format.rate(rate_millionths)}</bdi>,
              },
            ]}
            isFaded={({ active }) => !active}
            isRoomy
            label={t('categories.taxes')}
            onRowPress={mayEdit ? setTax : undefined}
            placeholder={<EmptyState title={t('categories.noTaxes')} />}
            rowId={({ tax: id }) => id}
            rows={taxes.data.taxes}
          />
        </Panel>
      </div>
      <CategoryDialog
        category={category}
        onClose={() => setCategory(null)}
        position={categories.data.categories.length}
      />
      <TaxDialog onClose={() => setTax(null)} tax={tax} />
    </div>
  );
}
