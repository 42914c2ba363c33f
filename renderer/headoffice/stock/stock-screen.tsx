import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { AmountText, EmptyState, PageHeader, Panel, Table, Tabs, useFormat } from '../../ui/index.ts';
import type { Answer } from '../data/operations.ts';
import { useAsk } from '../data/use-ask.ts';
import { Answered } from '../frame/section.tsx';
import { TabPage } from '../frame/tab-page.tsx';
import { TwoLines } from '../frame/two-lines.tsx';
import { useScopeName } from './scope-name.ts';
import { TransfersPage } from './transfers-page.tsx';

type Posted = Answer<'stock.counts'>['counts'][number];

/** What was counted at the tills, and what is on the way between stores. */
export function StockScreen({ page }: { readonly page: 'counts' | 'transfers' }): ReactNode {
  const { t } = useTranslation('headoffice');
  const [, goTo] = useLocation();
  return (
    <>
      <PageHeader detail={t('stock.hint')} title={t('nav.stock')} />
      <Tabs
        label={t('nav.stock')}
        onChange={(id) => goTo(id === 'transfers' ? '/stock/transfers' : '/stock')}
        pages={[
          { id: 'counts', label: t('stock.counts'), content: <CountsPage /> },
          { id: 'transfers', label: t('stock.transfers.title'), content: <TransfersPage /> },
        ]}
        selected={page}
      />
    </>
  );
}

/** The stock takes that were posted at the tills. */
function CountsPage(): ReactNode {
  const { t } = useTranslation('headoffice');
  const format = useFormat();
  const scopeName = useScopeName();
  const [, goTo] = useLocation();
  const counts = useAsk('stock.counts', { store: null });
  return (
    <TabPage>
      <Answered of={counts}>
        {(found) => (
          <Panel>
            <Table<Posted>
              columns={[
                { id: 'when', title: t('stock.when'), isRowName: true, render: ({ at }) => format.dateTime(at) },
                {
                  id: 'till',
                  title: t('common.till'),
                  render: ({ store_name, till_code, till_name }) => (
                    <TwoLines detail={store_name} title={`${till_code} ${till_name}`} />
                  ),
                },
                { id: 'scope', title: t('stock.scope'), render: ({ scope }) => scopeName(scope) },
                { id: 'by', title: t('stock.by'), render: ({ by }) => <bdi>{by ?? '–'}</bdi> },
                {
                  id: 'lines',
                  title: t('stock.lines'),
                  isFigure: true,
                  render: ({ counted }) => format.integer(counted),
                },
                {
                  id: 'different',
                  title: t('stock.different'),
                  isFigure: true,
                  render: ({ different }) => format.integer(different),
                },
                {
                  id: 'surplus',
                  title: t('stock.surplus'),
                  isFigure: true,
                  render: ({ currency, surplus_minor }) => (
                    <AmountText amount_minor={surplus_minor} currency={currency} />
                  ),
                },
                {
                  id: 'missing',
                  title: t('stock.missing'),
                  isFigure: true,
                  render: ({ currency, missing_minor }) => (
                    <AmountText amount_minor={missing_minor} currency={currency} isStrong />
                  ),
                },
              ]}
              label={t('nav.stock')}
              onRowPress={({ count, store }) => goTo(`/stock/${store}/${count}`)}
              placeholder={<EmptyState title={t('stock.none')}>{t('stock.noneHint')}</EmptyState>}
              rowId={({ count, till }) => `${till} ${count}`}
              rows={found.counts}
            />
          </Panel>
        )}
      </Answered>
    </TabPage>
  );
}
