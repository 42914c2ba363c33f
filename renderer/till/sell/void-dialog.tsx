import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog, useFormat } from '../../ui/index.ts';
import type { Basket } from '../data/operations.ts';
import { useCommand } from '../data/use-command.ts';
import { useSellStore } from './sell-store.tsx';

/** Asks whether the basket is to be voided. What came of it, also a failure, the notice of the selling screen tells. */
export function VoidDialog(props: {
  readonly basket: Basket | undefined;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}): ReactNode {
  const { basket, isOpen, onClose } = props;
  const { t } = useTranslation(['sell', 'common']);
  const format = useFormat();
  const store = useSellStore();
  const command = useCommand('basket.void');
  if (basket === undefined || basket.basket === null) return null;
  const { basket: id, lines, total_minor } = basket;
  const confirm = async (): Promise<void> => {
    const result = await command.run({ basket: id });
    store.getState().reset();
    store
      .getState()
      .tell(
        result.ok ? { kind: 'voided', lines: lines.length, total_minor } : { kind: 'failure', failure: result.error },
      );
  };
  return (
    <ConfirmDialog
      cancelLabel={t('voidBasket.keep')}
      confirmLabel={t('voidBasket.confirm')}
      confirmShortcut="removeLine"
      isDangerous
      isOpen={isOpen}
      isPending={command.isPending}
      onCancel={onClose}
      onConfirm={() => void confirm()}
      title={t('voidBasket.title')}
    >
      {t('voidBasket.body', { lines: t('common:lines', { count: lines.length }), total: format.money(total_minor) })}
    </ConfirmDialog>
  );
}
