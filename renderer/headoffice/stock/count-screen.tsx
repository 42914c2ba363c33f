import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { CountId, StoreId } from '../../../shared/ids.ts';
import {
  AmountText,
  Button,
  Checkbox,
  EmptyState,
  PageHeader,
  Panel,
  Stat,
  StatRow,
  useFormat,
} from '../../ui/index.ts';
import type { Answer } from '../data/operations.ts';
import { useAsk } from '../data/use-ask.ts';
import { Answered } from '../frame/section.tsx';
import { useQuantity } from '../frame/use-words.ts';
import { ProductLines } from './product-lines.tsx';
import { useScopeName } from './scope-name.ts';

type Count = Answer<'stock.count'>;

const pageSize = 100;
const mostShown = 500;

/** A stock take: what was counted and expected of each product, and what the difference is worth. */
export function CountScreen({ count, store }: { readonly count: CountId; readonly store: StoreId }): ReactNode {
  const { t } = useTranslation(['headoffice', 'products']);
  const format = useFormat();
  const scopeName = useScopeName();
  const [, goTo] = useLocation();
  const [isAll, setIsAll] = useState(false);
  const [limit, setLimit] = useState(pageSize);
  const answer = useAsk(
    'stock.count',
    { store, count, only: isAll ? 'all' : 'different', offset: 0, limit },
    { keepsPrevious: true },
  );
  const { data } = answer;
  return (
    <>
      <PageHeader
        detail={
          data === undefined
            ? undefined
            : `${data.store_name} · ${format.dateTime(data.at)} · ${scopeName(data.scope)} · ${data.by ?? '–'}`
        }
        onBack={() => goTo('/stock')}
        title={t('stock.title', { till: data === undefined ? '' : `${data.till_code} ${data.till_name}` })}
      />
      <Answered of={answer}>
        {(found) => (
          <>
            <StatRow>
              <Stat label={t('stock.lines')} value={format.integer(found.counted)} />
              <Stat label={t('stock.different')} value={format.integer(found.different)} />
              <Stat
                label={t('stock.surplus')}
                value={<AmountText amount_minor={found.surplus_minor} currency={found.currency} />}
              />
              <Stat
                label={t('stock.missing')}
                value={<AmountText amount_minor={found.missing_minor} currency={found.currency} />}
              />
            </StatRow>
            <Panel
              actions={
                <Checkbox isSelected={isAll} onChange={setIsAll}>
                  {t('stock.all')}
                </Checkbox>
              }
              title={t('stock.difference')}
            >
              <Lines found={found} />
              {found.lines.length < found.total && limit < mostShown && (
                <Button onPress={() => setLimit(Math.min(limit + pageSize, mostShown))} variant="quiet">
                  {t('products:more')}
                </Button>
              )}
            </Panel>
          </>
        )}
      </Answered>
    </>
  );
}

function Lines({ found }: { readonly found: Count }): ReactNode {
  const { t } = useTranslation('headoffice');
  const quantity = useQuantity();
  return (
    <ProductLines<Count['lines'][number]>
      figures={[
        {
          id: 'expected',
          title: t('stock.expected'),
          render: ({ known_milli, unit }) => <bdi>{quantity(known_milli, unit)}</bdi>,
        },
        {
          id: 'counted',
          title: t('stock.counted'),
          render: ({ counted_milli, unit }) => <bdi>{quantity(counted_milli, unit)}</bdi>,
        },
        {
          id: 'difference',
          title: t('stock.difference'),
          render: ({ counted_milli, known_milli, unit }) => <bdi>{quantity(counted_milli - known_milli, unit)}</bdi>,
        },
        {
          id: 'worth',
          title: t('stock.worth'),
          render: ({ difference_minor, price_minor }) =>
            price_minor === null ? (
              '–'
            ) : (
              <AmountText amount_minor={difference_minor} currency={found.currency} isStrong />
            ),
        },
      ]}
      label={t('stock.difference')}
      lines={found.lines}
      placeholder={<EmptyState title={t('stock.noDifferences')} />}
    />
  );
}
