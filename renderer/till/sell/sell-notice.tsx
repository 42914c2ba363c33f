import { SearchX, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Notice, useFormat } from '../../ui/index.ts';
import { useFailureText } from '../frame/failure-text.ts';
import s from './sell-notice.module.css';
import { type SellNotice, useSellStore } from './sell-store.tsx';

export interface SellNoticeViewProps {
  readonly notice: SellNotice;
  readonly onClose: () => void;
  /** Buttons that act on the selling screen. */
  readonly hasActions: boolean;
}

/** What the notice slot says. Blocks nothing: scanning goes on beneath it. */
export function SellNoticeView({ hasActions, notice, onClose }: SellNoticeViewProps): ReactNode {
  const { t } = useTranslation(['sell', 'common']);
  const format = useFormat();
  const failureText = useFailureText();
  const store = useSellStore();
  switch (notice.kind) {
    case 'unknown':
      return (
        <Notice
          actions={
            hasActions && (
              <span className={s['roomy']}>
                <Button
                  keepsFocus
                  onPress={() => store.getState().change({ text: notice.barcode, notice: null })}
                  size="small"
                >
                  {t('notice.searchName')}
                </Button>
              </span>
            )
          }
          icon={SearchX}
          isInSlot
          onClose={onClose}
          severity="warn"
          title={t('notice.unknown', { barcode: notice.barcode })}
        >
          {t('notice.unknownHint')}
        </Notice>
      );
    case 'cut_off':
      return (
        <Notice isInSlot onClose={onClose} severity="warn" title={t('notice.cutOff', { code: notice.code })}>
          {t('notice.cutOffHint')}
        </Notice>
      );
    case 'no_price':
      return (
        <Notice
          actions={
            hasActions && (
              <Button
                onPress={() => {
                  const { change, next_milli } = store.getState();
                  change({
                    notice: null,
                    next_milli: null,
                    dialog: {
                      kind: 'open_price',
                      product: { product: notice.product, name: notice.name, unit: 'piece', price_minor: null },
                      quantity_milli: next_milli ?? 1000,
                    },
                  });
                }}
                size="small"
              >
                {t('notice.enterPrice')}
              </Button>
            )
          }
          icon={TriangleAlert}
          isInSlot
          onClose={hasActions ? undefined : onClose}
          severity="warn"
          title={t('notice.noPrice', { name: notice.name })}
        >
          {t('notice.noPriceHint')}
        </Notice>
      );
    case 'failure':
      return (
        <Notice
          isInSlot
          onClose={onClose}
          severity="bad"
          title={notice.name === undefined ? failureText(notice.failure) : t('notice.notAdded', { name: notice.name })}
        >
          {notice.name === undefined ? undefined : failureText(notice.failure)}
        </Notice>
      );
    case 'removed':
      return (
        <Notice isInSlot onClose={onClose} severity="info" title={t('notice.lineRemoved', { name: notice.name })} />
      );
    case 'voided':
      return (
        <Notice isInSlot onClose={onClose} severity="info" title={t('notice.voided')}>
          {t('notice.voidedHint', {
            lines: t('common:lines', { count: notice.lines }),
            total: format.money(notice.total_minor),
          })}
        </Notice>
      );
  }
}
