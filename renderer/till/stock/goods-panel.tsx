import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, ConfirmDialog, EmptyState, Notice, Panel, Table } from '../../ui/index.ts';
import { ProductFinder } from '../refund/product-finder.tsx';
import type { Goods } from './goods-draft.ts';
import { QuantityDialog } from './quantity-dialog.tsx';
import { useQuantityText } from './quantity-text.ts';
import s from '../frame/page.module.css';
import type { GoodsList } from './use-goods.ts';

/** The goods of a transfer while they are written down: scanned, found by name, or typed. */
export function GoodsPanel({ list, title }: { readonly list: GoodsList; readonly title: string }): ReactNode {
  const { t } = useTranslation('stock');
  const quantity = useQuantityText();
  const [typed, setTyped] = useState<Goods | null>(null);
  const [isClearing, setIsClearing] = useState(false);
  const { isCorrection, isLocked } = list;
  // A correction that is taken back leaves the figures as they were: nothing is emptied.
  const undo = isCorrection ? 'undo' : 'clear';
  const hasSent = list.goods.some(({ sent_milli }) => sent_milli !== null);
  return (
    <>
      {!isLocked && <ProductFinder onChoose={list.add} />}
      {list.unknown !== null && <Notice severity="bad" title={t('transfers.unknown', { barcode: list.unknown })} />}
      <Panel
        actions={
          list.isWrittenDown &&
          !isLocked && (
            <Button onPress={() => setIsClearing(true)} size="small" variant="quiet">
              {t(`transfers.${undo}`)}
            </Button>
          )
        }
        isFilling
        title={title}
      >
        <Table<Goods>
          columns={[
            { id: 'name', title: t('name'), isRowName: true, width: 'wide', render: ({ name }) => name },
            { id: 'sku', title: t('sku'), render: ({ sku }) => <bdi className={s['nowrap']}>{sku}</bdi> },
            ...(hasSent
              ? [
                  {
                    id: 'sent',
                    title: t(isCorrection ? 'transfers.writtenDown' : 'transfers.sent'),
                    isFigure: true,
                    render: ({ sent_milli, unit }: Goods) =>
                      sent_milli === null ? '–' : <bdi className={s['nowrap']}>{quantity(sent_milli, unit)}</bdi>,
                  },
                ]
              : []),
            {
              id: 'quantity',
              title: t('adjust.quantity'),
              isFigure: true,
              render: ({ quantity_milli, unit }) => <bdi className={s['nowrap']}>{quantity(quantity_milli, unit)}</bdi>,
            },
          ]}
          isRoomy
          label={title}
          {...(isLocked ? {} : { onRowPress: setTyped })}
          placeholder={<EmptyState title={t('transfers.empty')}>{t('transfers.emptyHint')}</EmptyState>}
          rowId={({ product }) => product}
          rows={list.goods}
        />
      </Panel>
      <QuantityDialog
        goods={typed}
        onClose={() => setTyped(null)}
        onTake={(quantity_milli) => {
          if (typed !== null) {
            if (quantity_milli === 0 && typed.sent_milli === null) list.remove(typed.product);
            else list.set(typed.product, quantity_milli);
          }
          setTyped(null);
        }}
      />
      <ConfirmDialog
        confirmLabel={t(`transfers.${undo}`)}
        isDangerous
        isOpen={isClearing}
        onCancel={() => setIsClearing(false)}
        onConfirm={() => {
          list.clear();
          setIsClearing(false);
        }}
        title={t(`transfers.${undo}Title`)}
      >
        {t(`transfers.${undo}Body`)}
      </ConfirmDialog>
    </>
  );
}
