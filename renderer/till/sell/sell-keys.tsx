import { Ellipsis, Hash, PencilLine, ReceiptText, Tag, Undo2 } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { FunctionKey, FunctionRow } from '../../ui/index.ts';
import { useOpenMore } from '../frame/more-context.ts';
import { currentLine } from './current-line.ts';
import { useSellStore } from './sell-store.tsx';
import { useLinesNow } from './use-lines-now.ts';

/** The row of keys beneath the tiles. Drawn again when the basket begins or ends, not at every scan. */
export const SellKeys = memo(function SellKeys({ isEmpty }: { readonly isEmpty: boolean }): ReactNode {
  const { t } = useTranslation('sell');
  const store = useSellStore();
  const openMore = useOpenMore();
  const [, goTo] = useLocation();
  const linesNow = useLinesNow();
  const none = isEmpty ? t('basket.empty') : undefined;
  const open = (kind: 'line' | 'discount'): void => {
    const { change, current } = store.getState();
    const line = currentLine(linesNow(), current);
    if (line !== undefined) change({ dialog: { kind, line: line.line } });
  };
  return (
    <FunctionRow label={t('keys.label')}>
      <FunctionKey
        icon={Hash}
        onPress={() => store.getState().change({ dialog: { kind: 'quantity' } })}
        shortcut="quantity"
      >
        {t('keys.quantity')}
      </FunctionKey>
      <FunctionKey disabledReason={none} icon={PencilLine} onPress={() => open('line')} shortcut="editLine">
        {t('keys.line')}
      </FunctionKey>
      <FunctionKey disabledReason={none} icon={Tag} onPress={() => open('discount')} shortcut="discount">
        {t('keys.discount')}
      </FunctionKey>
      <FunctionKey icon={Undo2} onPress={() => goTo('/refund')} shortcut="refund">
        {t('keys.refund')}
      </FunctionKey>
      <FunctionKey icon={ReceiptText} onPress={() => goTo('/sales')}>
        {t('keys.sales')}
      </FunctionKey>
      <FunctionKey icon={Ellipsis} onPress={openMore} shortcut="more">
        {t('keys.more')}
      </FunctionKey>
    </FunctionRow>
  );
});
