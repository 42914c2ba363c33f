import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { StoreId } from '../../../shared/ids.ts';
import { Button, Notice, PageHeader, Select } from '../../ui/index.ts';
import { useAsk } from '../data/use-ask.ts';
import { useCommand } from '../data/use-command.ts';
import { useFailureText } from '../frame/failure-text.ts';
import { GoodsPanel } from './goods-panel.tsx';
import p from '../frame/page.module.css';
import s from './stock.module.css';
import { useGoods } from './use-goods.ts';

/** Goods that leave for another store. */
export function SendScreen(): ReactNode {
  const { t } = useTranslation('stock');
  const [, goTo] = useLocation();
  const failureText = useFailureText();
  const stores = useAsk('transfer.list', {}).data?.stores ?? [];
  const [chosen, setChosen] = useState<StoreId | null>(null);
  const list = useGoods('send', []);
  const send = useCommand('transfer.send');
  const to_store = chosen ?? stores[0]?.store ?? null;
  const submit = async (): Promise<void> => {
    if (to_store === null) return;
    const lines = list.goods.map(({ product, quantity_milli }) => ({ product, quantity_milli }));
    const input = { to_store, lines };
    const result = await list.sendOff(input, (command) => send.run(input, { command }));
    if (result.ok) goTo(`/stock/transfers/${result.value.number}`, { replace: true });
  };
  return (
    <div className={p['page']}>
      <PageHeader
        actions={
          <>
            <div className={s['store']}>
              <Select
                choices={stores.map(({ name, store }) => ({ id: store, label: name }))}
                isLabelHidden
                label={t('transfers.to')}
                onChange={setChosen}
                value={to_store}
              />
            </div>
            <Button
              isDisabled={list.goods.length === 0 || to_store === null}
              isPending={send.isPending}
              onPress={() => void submit()}
              variant="primary"
            >
              {t('transfers.send')}
            </Button>
          </>
        }
        onBack={() => goTo('/stock/transfers')}
        title={t('transfers.sendTitle')}
      />
      {send.failure !== undefined && <Notice severity="bad" title={failureText(send.failure)} />}
      <GoodsPanel list={list} title={t('transfers.goods')} />
    </div>
  );
}
