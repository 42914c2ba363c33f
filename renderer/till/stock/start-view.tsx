import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { z } from 'zod';
import { type CategoryId, uuid } from '../../../shared/ids.ts';
import {
  AmountText,
  Button,
  classNames,
  EmptyState,
  Notice,
  PageHeader,
  Panel,
  SegmentedControl,
  Select,
  Table,
  useFormat,
} from '../../ui/index.ts';
import type { Answer, Given } from '../data/operations.ts';
import { useAsk } from '../data/use-ask.ts';
import { useCommand } from '../data/use-command.ts';
import { useFailureText } from '../frame/failure-text.ts';
import { Fit } from '../frame/fit.tsx';
import { useAtTheTill } from '../frame/session-context.tsx';
import p from '../frame/page.module.css';
import { useKept } from '../frame/use-kept.ts';
import { chosenProduct, ChooseProducts } from './choose-products.tsx';
import s from './stock.module.css';

type Posted = Answer<'stock_take.list'>['counts'][number];

/** What is to be counted, as the window keeps it until the stock take has begun. */
const scopeKept = z.strictObject({
  scope: z.enum(['store', 'category', 'products']),
  category: uuid<CategoryId>().nullable(),
  products: z.array(chosenProduct),
});
const wholeStore: z.infer<typeof scopeKept> = { scope: 'store', category: null, products: [] };

/** Where a stock take begins; beside it those that were posted here. */
export function StartView(): ReactNode {
  const { t } = useTranslation('stock');
  const [, goTo] = useLocation();
  const { can } = useAtTheTill();
  return (
    <div className={p['page']}>
      <PageHeader onBack={() => goTo('/')} title={t('takes.title')} />
      <div className={s['columns']}>
        <Panel isFilling title={t('takes.startTitle')}>
          <StartForm />
        </Panel>
        {can('stock.view') && <PostedTakes />}
      </div>
    </div>
  );
}

function StartForm(): ReactNode {
  const { t } = useTranslation('stock');
  const failureText = useFailureText();
  const open = useCommand('stock_take.open');
  const categories = useAsk('catalogue.categories', {}).data?.categories.filter(({ active }) => active) ?? [];
  const { status } = useAtTheTill();
  const { forget, keep, kept } = useKept(`take.${status.till ?? ''}`, scopeKept, wholeStore);
  const { category, products, scope } = kept;
  // The one that was chosen may have been put away since.
  const chosen = (categories.find((one) => one.category === category) ?? categories[0])?.category ?? null;
  const start = async (): Promise<void> => {
    const asked = (): Given<'stock_take.open'>['scope'] | undefined => {
      if (scope === 'store') return { kind: 'store' };
      if (scope === 'products') return { kind: 'products', products: products.map(({ product }) => product) };
      return chosen === null ? undefined : { kind: 'category', category: chosen };
    };
    const wanted = asked();
    if (wanted !== undefined && (await open.run({ scope: wanted })).ok) forget();
  };
  return (
    <div className={classNames(p['form'], s['start'])}>
      {open.failure !== undefined && <Notice severity="bad" title={failureText(open.failure)} />}
      <p className={p['hint']}>{t('takes.startHint')}</p>
      <Fit>
        <SegmentedControl
          choices={[
            { id: 'store', label: t('takes.store') },
            { id: 'category', label: t('takes.category'), isDisabled: categories.length === 0 },
            { id: 'products', label: t('takes.products') },
          ]}
          label={t('takes.scope')}
          onChange={(to) => keep({ ...kept, scope: to })}
          value={scope}
        />
      </Fit>
      {scope === 'category' && (
        <Select
          choices={categories.map(({ category: id, name }) => ({ id, label: name }))}
          label={t('takes.chooseCategory')}
          onChange={(to) => keep({ ...kept, category: to })}
          value={chosen}
        />
      )}
      {scope === 'products' && (
        <ChooseProducts chosen={products} onChange={(to) => keep({ ...kept, products: [...to] })} />
      )}
      <Button
        isDisabled={scope === 'products' && products.length === 0}
        isPending={open.isPending}
        isWide
        onPress={() => void start()}
        size="function"
        variant="primary"
      >
        {t('takes.start')}
      </Button>
    </div>
  );
}

function PostedTakes(): ReactNode {
  const { t } = useTranslation('stock');
  const format = useFormat();
  const [, goTo] = useLocation();
  const posted = useAsk('stock_take.list', { limit: 100 });
  const scopes = { store: t('takes.scopes.store'), category: t('takes.scopes.category') };
  return (
    <Panel isFilling title={t('takes.posted')}>
      <Table<Posted>
        columns={[
          { id: 'when', title: t('takes.when'), isRowName: true, render: ({ at }) => format.dateTime(at) },
          {
            id: 'scope',
            title: t('takes.scope'),
            render: ({ scope }) => (scope in scopes ? scopes[scope as 'store'] : t('takes.scopes.products')),
          },
          { id: 'lines', title: t('takes.lines'), isFigure: true, render: ({ counted }) => format.integer(counted) },
          {
            id: 'different',
            title: t('takes.different'),
            isFigure: true,
            render: ({ different }) => format.integer(different),
          },
          {
            id: 'missing',
            title: t('takes.missing'),
            isFigure: true,
            render: ({ missing_minor }) => <AmountText amount_minor={missing_minor} />,
          },
        ]}
        isRoomy
        label={t('takes.posted')}
        onRowPress={({ count }) => goTo(`/stock/taken/${count}`)}
        placeholder={<EmptyState title={t('takes.nonePosted')} />}
        rowId={({ count }) => count}
        rows={posted.data?.counts ?? []}
      />
    </Panel>
  );
}
