import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { transfer } from '../../../shared/contract/till/transfer.ts';
import { Button, ConfirmDialog, PageHeader, Select } from '../../ui/index.ts';
import { useAsk } from '../data/use-ask.ts';
import { useCommand } from '../data/use-command.ts';
import { GoodsPanel } from './goods-panel.tsx';
import { SentOffNotice } from './sent-off-notice.tsx';
import p from '../frame/page.module.css';
import s from './stock.module.css';
import { useGoods } from './use-goods.ts';

/** Goods that leave for another store. */
export function SendScreen(): ReactNode {
  const { t } = useTranslation('stock');
  const [, goTo] = useLocation();
  const stores = useAsk('transfer.list', {}).data?.stores;
  const send = useCommand('transfer.send');
  const [isAsking, setIsAsking] = useState(false);
  const list = useGoods({
    name: 'send',
    input: transfer.send.input,
    expected: [],
    command: send,
    onDone: (sent) =>
      goTo(sent === undefined ? '/stock/transfers' : `/stock/transfers/${sent.number}`, { replace: true }),
  });
  const chosen = list.choices.to_store ?? stores?.[0]?.store ?? null;
  // Goods are written down for one store: they don't stand there for another when the list of stores has changed.
  if (list.choices.to_store === null && chosen !== null && list.goods.length > 0) list.choose({ to_store: chosen });
  const to = stores?.find(({ store }) => store === chosen);
  const submit = async (): Promise<void> => {
    if (to === undefined) return;
    const lines = list.goods.map(({ product, quantity_milli }) => ({ product, quantity_milli }));
    await list.sendOff({ to_store: to.store, lines });
    setIsAsking(false);
  };
  return (
    <div className={p['page']}>
      <PageHeader
        actions={
          <>
            <div className={s['store']}>
              <Select
                choices={(stores ?? []).map(({ name, store }) => ({ id: store, label: name }))}
                isDisabled={list.isLocked}
                isLabelHidden
                label={t('transfers.to')}
                onChange={(to_store) => list.choose({ to_store })}
                placeholder={t('transfers.chooseStore')}
                value={to?.store ?? null}
              />
            </div>
            <Button
              isDisabled={list.goods.length === 0 || to === undefined || list.isLocked}
              onPress={() => setIsAsking(true)}
              variant="primary"
            >
              {t('transfers.send')}
            </Button>
          </>
        }
        onBack={() => goTo('/stock/transfers')}
        title={t('transfers.sendTitle')}
      />
      <SentOffNotice list={list} />
      <GoodsPanel list={list} title={t('transfers.goods')} />
      <ConfirmDialog
        confirmLabel={t('transfers.send')}
        isOpen={isAsking}
        isPending={send.isPending}
        onCancel={() => setIsAsking(false)}
        onConfirm={() => void submit()}
        title={t('transfers.sendAsk', { store: to?.name ?? '' })}
      >
        {t('transfers.sendBody')}
      </ConfirmDialog>
    </div>
  );
}
