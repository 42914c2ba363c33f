import { X } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { type ProductId, uuid } from '../../../shared/ids.ts';
import { IconButton, Notice } from '../../ui/index.ts';
import type { Product } from '../data/operations.ts';
import { ProductFinder, useFindByBarcode } from '../refund/product-finder.tsx';
import { useScanner } from '../scan/index.ts';
import p from '../frame/page.module.css';
import s from './choose-products.module.css';

/** The most products that are chosen one by one; whoever counts more takes a category or the store. */
const mostChosen = 500;

/** A product that was chosen, as the window keeps it. */
export const chosenProduct = z.strictObject({ product: uuid<ProductId>(), sku: z.string(), name: z.string() });
export type Chosen = Readonly<z.infer<typeof chosenProduct>>;

interface ChooseProductsProps {
  readonly chosen: readonly Chosen[];
  readonly onChange: (chosen: readonly Chosen[]) => void;
}

/** Chooses products for a stock take: scanned, or found by name or SKU. The newest stands first. */
export function ChooseProducts({ chosen, onChange }: ChooseProductsProps): ReactNode {
  const { t } = useTranslation('stock');
  const find = useFindByBarcode();
  const [problem, setProblem] = useState<string | null>(null);
  /** Whether it is among those that were chosen now. */
  const add = ({ name, product, sku, stocked }: Product): boolean => {
    const others = chosen.filter((one) => one.product !== product);
    if (!stocked) setProblem(t('takes.notStocked', { name }));
    else if (others.length >= mostChosen) setProblem(t('takes.mostChosen', { count: mostChosen }));
    else {
      setProblem(null);
      onChange([{ product, sku, name }, ...others]);
      return true;
    }
    return false;
  };
  useScanner(async (code, heard) => {
    const found = await find(code);
    if (found === undefined) setProblem(t('takes.unknownProduct', { barcode: code }));
    heard(found !== undefined && add(found) ? 'good' : 'bad');
  });
  return (
    <>
      <ProductFinder onChoose={add} />
      {problem !== null && <Notice severity="bad" title={problem} />}
      <p className={p['hint']} role="status">
        {chosen.length === 0 ? t('takes.noneChosen') : t('takes.chosen', { count: chosen.length })}
      </p>
      {chosen.length > 0 && (
        <ul aria-label={t('takes.scopes.products')} className={s['list']}>
          {chosen.map(({ name, product, sku }) => (
            <li className={s['row']} key={product}>
              <span className={s['words']}>
                <bdi>{name}</bdi>
                <bdi className={s['sku']}>{sku}</bdi>
              </span>
              <IconButton
                icon={X}
                label={t('takes.unchoose', { name })}
                onPress={() => onChange(chosen.filter((one) => one.product !== product))}
                variant="quiet"
              />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
