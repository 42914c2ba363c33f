import { ClipboardList, TriangleAlert, Truck } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { Button, Chip, EmptyState, Notice, Panel, SegmentedControl, Table } from '../../ui/index.ts';
import type { StockRow } from '../data/operations.ts';
import { useAsk } from '../data/use-ask.ts';
import { useAskRows } from '../data/use-ask-rows.ts';
import { ListHeader } from '../frame/list-header.tsx';
import p from '../frame/page.module.css';
import { useAtTheTill } from '../frame/session-context.tsx';
import { Unanswered } from '../frame/unanswered.tsx';
import { useScanner } from '../scan/index.ts';
import { AdjustDialog } from './adjust-dialog.tsx';
import { useQuantityText } from './quantity-text.ts';
import s from './stock.module.css';

/** What the store has of each product, as far as this till knows. A scan here finds the product. */
export function StockScreen(): ReactNode {
  const { t } = useTranslation(['stock', 'products']);
  const { can } = useAtTheTill();
  const [, goTo] = useLocation();
  const quantity = useQuantityText();
  const [text, setText] = useState('');
  const [only, setOnly] = useState<'all' | 'negative'>('all');
  const [adjusted, setAdjusted] = useState<StockRow | null>(null);
  const [done, setDone] = useState<string | null>(null);
  useScanner((code) => setText(code));
  const list = useAskRows('stock.list', { text: text.trim(), only }, (answer) => ({
    rows: answer.products,
    total: answer.total,
  }));
  const transfers = useAsk('transfer.list', {}).data;
  // A till that stands alone has nowhere to send to.
  const hasTransfers =
    transfers !== undefined && transfers.stores.length + transfers.incoming.length + transfers.outgoing.length > 0;
  return (
    <div className={p['page']}>
      <ListHeader
        actions={
          <>
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
        detail={list.first === undefined ? undefined : t('count', { count: list.first.total })}
        onText={setText}
        searchLabel={t('search')}
        text={text}
        title={t('title')}
      />
      {done !== null && <Notice onClose={() => setDone(null)} severity="ok" title={t('adjust.done', { name: done })} />}
      <Panel isFilling label={t('title')}>
        <Table<StockRow>
          columns={[
            { id: 'name', title: t('name'), isRowName: true, width: 'wide', render: ({ name }) => name },
            { id: 'sku', title: t('sku'), render: ({ sku }) => <bdi className={p['nowrap']}>{sku}</bdi> },
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
            <Unanswered asked={list.asked} failed={t('failed')} failedHint={t('failedHint')}>
              <EmptyState
                title={text !== '' ? t('noneFound', { text }) : only === 'negative' ? t('noneNegative') : t('none')}
              />
            </Unanswered>
          }
          rowId={({ product }) => product}
          rows={list.rows}
        />
        <footer className={p['foot']}>
          <SegmentedControl
            choices={[
              { id: 'all', label: t('all') },
              { id: 'negative', label: t('negative', { count: list.first?.negative ?? 0 }) },
            ]}
            label={t('show')}
            onChange={setOnly}
            value={only}
          />
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
