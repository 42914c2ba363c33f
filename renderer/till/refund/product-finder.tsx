import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { AmountText, Button, SearchField } from '../../ui/index.ts';
import type { Product } from '../data/operations.ts';
import { useAccess } from '../data/till-context.tsx';
import { useAsk } from '../data/use-ask.ts';
import s from './product-finder.module.css';

const limit = 8;

/** A product by its barcode, from the whole catalogue; undefined where there is none, or the till can't be asked. */
export function useFindByBarcode(): (barcode: string) => Promise<Product | undefined> {
  const { ask } = useAccess();
  return async (barcode) => {
    try {
      const { products } = await ask('product.search', { text: barcode, limit: 1 });
      const [hit] = products;
      return hit === undefined ? undefined : await ask('product.show', { product: hit.product });
    } catch {
      // The notice over the screen tells of a lost line; there is nothing else to say here.
      return undefined;
    }
  };
}

/** Finds products by name, SKU or barcode and hands over the chosen one whole. */
export function ProductFinder({ onChoose }: { readonly onChoose: (product: Product) => void }): ReactNode {
  const { t } = useTranslation(['refund', 'sell']);
  const { ask } = useAccess();
  const [text, setText] = useState('');
  const typed = text.trim();
  const found = useAsk('product.search', { text: typed, limit }, { isEnabled: typed !== '', keepsPrevious: true });
  const hits = typed === '' ? [] : (found.data?.products ?? []);
  const choose = async (id: Product['product']): Promise<void> => {
    try {
      onChoose(await ask('product.show', { product: id }));
      setText('');
    } catch {
      // It was taken away in this moment: the list is asked again by itself.
    }
  };
  return (
    <div className={s['finder']}>
      <SearchField
        autoFocus
        isArmed
        isLabelHidden
        label={t('free.find')}
        onChange={setText}
        onSubmit={() => void (hits[0] !== undefined && choose(hits[0].product))}
        placeholder={t('free.find')}
        shortcut="find"
        value={text}
      />
      {hits.length > 0 && (
        <ul aria-label={t('sell:found.label')} className={s['hits']}>
          {hits.map(({ name, price_minor, product, sku }) => (
            <li key={product}>
              <Button
                align="spread"
                detail={<bdi>{sku}</bdi>}
                isWide
                onPress={() => void choose(product)}
                size="function"
                variant="quiet"
              >
                <span className={s['hit']}>
                  <bdi>{name}</bdi>
                  {price_minor !== null && (
                    <span className={s['price']}>
                      <AmountText amount_minor={price_minor} />
                    </span>
                  )}
                </span>
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
