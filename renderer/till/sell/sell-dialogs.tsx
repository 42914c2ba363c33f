import { memo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/index.ts';
import { useAsk } from '../data/use-ask.ts';
import { DiscountForm } from './discount-form.tsx';
import { LineForm } from './line-form.tsx';
import { OpenPriceForm } from './open-price-form.tsx';
import { QuantityForm } from './quantity-form.tsx';
import { useSell, useSellStore } from './sell-store.tsx';
import { VoidDialog } from './void-dialog.tsx';
import { WeighForm } from './weigh-form.tsx';

/** The dialogs of the selling screen. Scans go on beneath each of them. */
export const SellDialogs = memo(function SellDialogs(): ReactNode {
  const { t } = useTranslation(['sell', 'common']);
  const store = useSellStore();
  const dialog = useSell((state) => state.dialog);
  const { data: basket } = useAsk('basket.current', {}, { isFollowed: dialog !== null });
  const close = (): void => store.getState().change({ dialog: null });
  const line = dialog !== null && 'line' in dialog ? basket?.lines.find((one) => one.line === dialog.line) : undefined;
  const id = basket?.basket ?? null;
  const kind = dialog?.kind;
  return (
    <>
      <Dialog isOpen={kind === 'quantity'} onClose={close} size="small" title={t('quantityDialog.title')}>
        <QuantityForm onClose={close} />
      </Dialog>
      <Dialog isOpen={kind === 'line' && line !== undefined} onClose={close} title={line?.name ?? ''}>
        {line !== undefined && id !== null && <LineForm basket={id} key={line.line} line={line} onClose={close} />}
      </Dialog>
      <Dialog isOpen={kind === 'discount' && line !== undefined} onClose={close} title={t('discountDialog.title')}>
        {line !== undefined && basket !== undefined && id !== null && (
          <DiscountForm basket={basket} id={id} key={line.line} line={line} onClose={close} />
        )}
      </Dialog>
      <Dialog isOpen={kind === 'open_price'} onClose={close} size="small" title={t('openPrice.title')}>
        {dialog?.kind === 'open_price' && (
          <OpenPriceForm
            key={dialog.product.product}
            onClose={close}
            product={dialog.product}
            quantity_milli={dialog.quantity_milli}
          />
        )}
      </Dialog>
      <Dialog isOpen={kind === 'weigh'} onClose={close} size="small" title={t('weighDialog.title')}>
        {dialog?.kind === 'weigh' && (
          <WeighForm key={dialog.product.product} onClose={close} product={dialog.product} />
        )}
      </Dialog>
      <VoidDialog basket={basket} isOpen={kind === 'void'} onClose={close} />
    </>
  );
});
