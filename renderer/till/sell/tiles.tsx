import { memo, useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import {
  AmountText,
  CategoryChips,
  EmptyState,
  ErrorState,
  LoadingState,
  ProductGrid,
  ProductTile,
  type Tint,
} from '../../ui/index.ts';
import type { ProductId } from '../../../shared/ids.ts';
import type { BasketLineAnswer, Category, ProductHit } from '../data/operations.ts';
import { useAsk } from '../data/use-ask.ts';
import { useErrorText } from '../frame/failure-text.ts';
import { AllCategories } from './all-categories.tsx';
import { drawingFor } from './product-drawing.ts';
import { type TileChoice, useSell, useSellStore } from './sell-store.tsx';
import s from './tiles.module.css';
import { useRingUp } from './use-ring-up.ts';

const limit = 60;
const favourites = 'favourites';

/** The categories and the products to touch. */
export function Tiles({ lines }: { readonly lines: readonly BasketLineAnswer[] }): ReactNode {
  const { t } = useTranslation('sell');
  const errorText = useErrorText();
  const choice = useSell((state) => state.tiles);
  const active = useActiveCategories();
  const tiles = useAsk(
    'product.tiles',
    { category: choice === favourites ? null : choice, limit },
    { keepsPrevious: true },
  );
  const inBasket = useMemo(() => quantities(lines), [lines]);
  const products = tiles.data?.products;
  return (
    <>
      <Categories />
      {tiles.error !== null ? (
        <ErrorState onRetry={() => void tiles.refetch()} title={t('tiles.failed')}>
          {errorText(tiles.error)}
        </ErrorState>
      ) : products === undefined ? (
        <LoadingState>{t('tiles.loading')}</LoadingState>
      ) : products.length === 0 ? (
        <EmptyState title={choice === favourites ? t('tiles.none') : t('tiles.noneInCategory')}>
          {choice === favourites ? t('tiles.noneHint') : undefined}
        </EmptyState>
      ) : (
        <div className={s['tiles']}>
          <ProductGrid label={t('tiles.label')}>
            {products.map((product) => (
              <Tile
                inBasket_milli={inBasket.get(product.product)}
                key={product.product}
                product={product}
                tint={active.find(({ category }) => category === product.category)?.tint ?? null}
              />
            ))}
          </ProductGrid>
        </div>
      )}
    </>
  );
}

/** By themselves: they are not drawn again at every scan. */
const Categories = memo(function Categories(): ReactNode {
  const { t } = useTranslation('sell');
  const store = useSellStore();
  const choice = useSell((state) => state.tiles);
  const active = useActiveCategories();
  const choose = (id: string): void => {
    const category = active.find((one) => one.category === id);
    const next: TileChoice = category === undefined ? favourites : category.category;
    store.getState().change({ tiles: next });
  };
  const chips = [
    { id: favourites, name: t('categories.favourites'), tint: favourites } as const,
    ...active.map(({ category, name, tint }) => ({ id: category, name, tint })),
  ];
  return (
    <CategoryChips
      after={<AllCategories categories={chips} onChoose={choose} />}
      categories={chips}
      label={t('categories.label')}
      onSelect={choose}
      selected={choice}
    />
  );
});

function useActiveCategories(): readonly Category[] {
  const { data } = useAsk('catalogue.categories', {});
  return (data?.categories ?? []).filter((category) => category.active);
}

/** Drawn again only when something of it changed: a scan changes one of sixty. */
const Tile = memo(function Tile(props: {
  readonly product: ProductHit;
  readonly tint: Tint | null;
  readonly inBasket_milli: number | undefined;
}): ReactNode {
  const { inBasket_milli, product, tint } = props;
  const { t } = useTranslation('sell');
  const { choose } = useRingUp();
  const isOpen = product.price_minor === null;
  const unit = product.unit === 'piece' ? undefined : t('perUnit', { unit: t(`unit.${product.unit}`) });
  return (
    <ProductTile
      icon={drawingFor(product.name)}
      inBasket_milli={inBasket_milli}
      name={product.name}
      note={isOpen ? t('tiles.price') : unit}
      onPress={() => void choose(product)}
      price={
        product.price_minor === null ? t('tiles.open') : <AmountText amount_minor={product.price_minor} isFitted />
      }
      tint={tint}
    />
  );
});

/** How much of each product is in the basket. */
function quantities(lines: readonly BasketLineAnswer[]): ReadonlyMap<ProductId, number> {
  const found = new Map<ProductId, number>();
  for (const { product, quantity_milli } of lines) found.set(product, (found.get(product) ?? 0) + quantity_milli);
  return found;
}
