import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/index.ts';
import type { Inbox } from '../data/operations.ts';
import { useTenderName } from '../frame/use-words.ts';

/** One thing to look at, in words. */
export interface Matter {
  readonly id: string;
  readonly kind:
    | 'installation'
    | 'closing'
    | 'silent'
    | 'behind'
    | 'parted'
    | 'over_refund'
    | 'negative_stock'
    | 'transfer';
  readonly title: string;
  readonly detail: string;
  /** The till; a store's name where it is no till's. */
  readonly till: string;
  readonly place: string;
  /** The page that shows more of it. */
  readonly page: string;
  /** What can be decided, where something can. */
  readonly installation?: Inbox['installations'][number];
  /** Where somebody can say that they have looked: what to say it of. */
  readonly note?: Inbox['closings'][number]['note'];
  /** The same of a transfer: its number. */
  readonly transfer?: string;
  /** A store of which nothing was heard today, where somebody can say that it is closed. */
  readonly closed?: Inbox['silent_stores'][number];
}

const counts = new Set(['sale_count', 'refund_count', 'chain']);

/** What differs between a Z and what the head office holds, in words. */
function useDifference(): (one: Inbox['closings'][number]['differences'][number], currency: string) => string {
  const { t } = useTranslation('headoffice');
  const format = useFormat();
  const tenderName = useTenderName();
  return ({ headoffice, till, what }, currency) => {
    if (what === 'chain') return t('inbox.chainBroken', { seq: format.integer(headoffice) });
    const shown = (value: number) => (counts.has(what) ? format.integer(value) : format.money(value, currency));
    const name = what.startsWith('tender ')
      ? tenderName(what.slice('tender '.length))
      : // Another version of the head office may compare more than this one has words for.
        t(`inbox.figures.${what as 'sales_total'}`, { defaultValue: what });
    return t('inbox.difference', { name, till: shown(till), here: shown(headoffice) });
  };
}

/** The inbox as one list: what needs a decision first, then what may be wrong, then what is only worth a look. */
export function useMatters(inbox: Inbox): Matter[] {
  const { t } = useTranslation('headoffice');
  const format = useFormat();
  const difference = useDifference();
  const of = (row: { readonly till_code: string; readonly till_name: string; readonly store_name: string }) => ({
    till: `${row.till_code} ${row.till_name}`,
    place: row.store_name,
  });
  return [
    ...inbox.installations.map((row) => ({
      id: row.installation,
      kind: 'installation' as const,
      title: t(row.spoke_until === null ? 'inbox.installation' : 'inbox.former'),
      detail: [
        ...(row.spoke_until === null ? [] : [t('inbox.formerHint', { until: format.dateTime(row.spoke_until) })]),
        t('inbox.installationHint', {
          count: row.reported_seq ?? 0,
          here: format.integer(row.held_seq),
          first: format.dateTime(row.first_seen_at),
          last: format.dateTime(row.last_seen_at),
        }),
      ].join(' '),
      ...of(row),
      page: '/tills',
      installation: row,
    })),
    ...inbox.closings.map((row) => ({
      id: `${row.till} z ${String(row.seq)}`,
      kind: 'closing' as const,
      title: t('inbox.closing', { number: format.integer(row.number), date: format.date(row.business_date) }),
      detail: row.differences.map((one) => difference(one, row.currency)).join(' · '),
      ...of(row),
      page: '/tills',
      note: row.note,
    })),
    ...inbox.parted.map((row) => ({
      id: `${row.till} parted`,
      kind: 'parted' as const,
      title: t(`inbox.parted.${row.kind}`),
      detail: t('inbox.behindHint', {
        here: format.integer(row.held_seq),
        till: format.integer(row.reported_seq ?? 0),
      }),
      ...of(row),
      page: '/tills',
    })),
    ...inbox.over_refunds.map((row) => ({
      id: row.note.subject,
      kind: 'over_refund' as const,
      title: t('inbox.overRefund', { name: row.name }),
      detail: t('inbox.overRefundHint', {
        back: format.quantity(row.returned_milli),
        sold: format.quantity(row.sold_milli),
        receipt: row.receipt,
      }),
      ...of(row),
      page: `/sales/${row.store}/${row.refund}`,
      note: row.note,
    })),
    ...inbox.silent_stores.map((row) => ({
      id: `${row.store} silent`,
      kind: 'silent' as const,
      title: t('inbox.silentStore', { store: row.store_name }),
      detail: t('inbox.silentHint', { time: format.dateTime(row.last_seen_at) }),
      till: row.store_name,
      place: t('inbox.silentTills', { count: row.tills }),
      page: '/tills',
      closed: row,
    })),
    ...inbox.silent.map((row) => ({
      id: `${row.till} silent`,
      kind: 'silent' as const,
      title: t('inbox.silent'),
      detail: t('inbox.silentHint', { time: format.dateTime(row.last_seen_at) }),
      ...of(row),
      page: '/tills',
    })),
    ...inbox.behind.map((row) => ({
      id: `${row.till} behind`,
      kind: 'behind' as const,
      title: t('inbox.behind', { count: row.reported_seq - row.held_seq }),
      detail: t('inbox.behindHint', {
        here: format.integer(row.held_seq),
        till: format.integer(row.reported_seq),
      }),
      ...of(row),
      page: '/tills',
    })),
    ...inbox.transfers.map((row) => ({
      id: `transfer ${row.number}`,
      kind: 'transfer' as const,
      title: t(`inbox.transfer.${row.kind}`, { number: row.number }),
      detail: t('inbox.transfer.hint', {
        products: t('stock.transfers.products', { count: row.products }),
        different: t('stock.transfers.differing', { count: row.different }),
        time: format.dateTime(row.received_at),
      }),
      till: row.to_store ?? '–',
      place: t('inbox.transfer.from', { store: row.from_store ?? '–' }),
      page: `/stock/transfers/${encodeURIComponent(row.number)}`,
      transfer: row.number,
    })),
    ...inbox.negative_stock.map((row) => ({
      id: `${row.store} ${row.product}`,
      kind: 'negative_stock' as const,
      title: t('inbox.negativeStock', { name: row.name }),
      detail: t('inbox.negativeStockHint', { level: format.quantity(row.level_milli), sku: row.sku }),
      till: row.store_name,
      place: '',
      page: '/catalogue',
    })),
  ];
}
