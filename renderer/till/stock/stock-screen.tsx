import { ClipboardList, TriangleAlert, Truck } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import {
  Button,
  Chip,
  EmptyState,
  ErrorState,
  LoadingState,
  Notice,
  PageHeader,
  Panel,
  SearchField,
  SegmentedControl,
  Table,
} from '../../ui/index.ts';
import type { StockRow } from '../data/operations.ts';
import { useAsk } from '../data/use-ask.ts';
import { useErrorText } from '../frame/failure-text.ts';
import { useAtTheTill } from '../frame/session-context.tsx';
import { useScanner } from '../scan/index.ts';
import { AdjustDialog } from './adjust-dialog.tsx';
import { useQuantityText } from './quantity-text.ts';
import s from './stock.module.css';

const pageSize = 100;
const mostShown = 500;

/** What the store has of each product, as far as this till knows. A scan here finds the product. */
export function StockScreen(): ReactNode {
  const { t } = useTranslation(['stock', 'products']);
  const { can } = useAtTheTill();
  const [, goTo] = useLocation();
  const errorText = useErrorText();
  const quantity = useQuantityText();
  const [text, setText] = useState('');
  const [only, setOnly] = useState<'all' | 'negative'>('all');
  const [limit, setLimit] = useState(pageSize);
  const [adjusted, setAdjusted] = useState<StockRow | null>(null);
  const [done, setDone] = useState<string | null>(null);
  useScanner((code) => setText(code));
  const list = useAsk('stock.list', { text: text.trim(), only, offset: 0, limit }, { keepsPrevious: true });
  const transfers = useAsk('transfer.list', {}).data;
  // A till that stands alone has nowhere to send to.
  const hasTransfers =
    transfers !== undefined && transfers.stores.length + transfers.incoming.length + transfers.outgoing.length > 0;
  const rows = list.data?.products ?? [];
  return (
    <div className={s['page']}>
      <PageHeader
        actions={
          <>
            <div className={s['search']}>
              <SearchField
                autoFocus
                isLabelHidden
                label={t('search')}
                onChange={setText}
                placeholder={t('search')}
                shortcut="F2"
                value={text}
              />
            </div>
            {hasTransfers && (
              <Button icon={Truck} onPress={() => goTo('/stock/transfers')}>
                {t('transfers.button')}
              </Button>
            )}
            {can('stock.count') && (
              <Button icon={ClipboardList} onPress={() => goTo('/stock/take')} variant="primary">
                {t('take')}
              </Button>
            )}
          </>
        }
        detail={list.data === undefined ? undefined : t('count', { count: list.data.total })}
        onBack={() => goTo('/')}
        title={t('title')}
      />
      {done !== null && <Notice onClose={() => setDone(null)} severity="ok" title={t('adjust.done', { name: done })} />}
      <Panel isFilling label={t('title')}>
        <Table<StockRow>
          columns={[
            { id: 'name', title: t('name'), isRowName: true, width: 'wide', render: ({ name }) => name },
            { id: 'sku', title: t('sku'), render: ({ sku }) => <bdi className={s['nowrap']}>{sku}</bdi> },
            {
              id: 'level',
              title: t('level'),
              isFigure: true,
              render: ({ store_milli, unit }) => (
                <span className={s['level']}>
                  {store_milli < 0 && (
                    <Chip icon={TriangleAlert} severity="warn">
                      {t('belowZero')}
                    </Chip>
                  )}
                  <bdi>{quantity(store_milli, unit)}</bdi>
                </span>
              ),
            },
          ]}
          isRoomy
          label={t('title')}
          onRowPress={can('stock.adjust') ? setAdjusted : undefined}
          placeholder={
            list.error !== null ? (
              <ErrorState onRetry={() => void list.refetch()} title={t('failed')}>
                {errorText(list.error)} {t('failedHint')}
              </ErrorState>
            ) : list.data === undefined ? (
              <LoadingState />
            ) : (
              <EmptyState
                title={text !== '' ? t('noneFound', { text }) : only === 'negative' ? t('noneNegative') : t('none')}
              />
            )
          }
          rowId={({ product }) => product}
          rows={rows}
        />
        <footer className={s['foot']}>
          <SegmentedControl
            choices={[
              { id: 'all', label: t('all') },
              { id: 'negative', label: t('negative', { count: list.data?.negative ?? 0 }) },
            ]}
            label={t('show')}
            onChange={setOnly}
            value={only}
          />
          {rows.length === limit && limit < mostShown && (
            <Button onPress={() => setLimit(Math.min(limit + pageSize, mostShown))} size="small" variant="quiet">
              {t('more')}
            </Button>
          )}
          {rows.length === mostShown && <p>{t('products:mostShown', { count: mostShown })}</p>}
        </footer>
      </Panel>
      <AdjustDialog
        onClose={() => setAdjusted(null)}
        onDone={(name) => {
          setAdjusted(null);
          setDone(name);
        }}
        row={adjusted}
      />
    </div>
  );
}
