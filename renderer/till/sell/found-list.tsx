import { SearchX } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import {
  AmountText,
  CategoryDot,
  classNames,
  EmptyState,
  ErrorState,
  LoadingState,
  Panel,
  useFormat,
} from '../../ui/index.ts';
import type { ProductHit } from '../data/operations.ts';
import { useAsk } from '../data/use-ask.ts';
import { useErrorText } from '../frame/failure-text.ts';
import s from './found-list.module.css';
import { useSell } from './sell-store.tsx';
import { useFound } from './use-found.ts';
import { useRingUp } from './use-ring-up.ts';

/** What was found for the text in the scan field, in the place of the tiles. */
export function FoundList(): ReactNode {
  const { t } = useTranslation('sell');
  const text = useSell((state) => state.text);
  const errorText = useErrorText();
  const { active, error, making, products } = useFound();
  const format = useFormat();
  const ringUp = useRingUp();
  return (
    <Panel isFilling label={t('found.label')}>
      {making !== null && (
        <p className={s['making']} role="status">
          {t('found.making', { done: format.integer(making.done), total: format.integer(making.total) })}
        </p>
      )}
      <div className={s['list']} id="found" role="listbox" aria-label={t('found.label')}>
        {error !== null && error !== undefined ? (
          <ErrorState title={t('tiles.failed')}>{errorText(error)}</ErrorState>
        ) : products === undefined ? (
          <LoadingState>{t('tiles.loading')}</LoadingState>
        ) : products.length === 0 ? (
          <EmptyState icon={SearchX} title={t('found.none', { text: text.trim() })}>
            {t('found.noneHint')}
          </EmptyState>
        ) : (
          products.map((product) => (
            <FoundRow
              isActive={product.product === active?.product}
              key={product.product}
              onPress={() => void ringUp.choose(product)}
              product={product}
            />
          ))
        )}
      </div>
    </Panel>
  );
}

function FoundRow(props: {
  readonly product: ProductHit;
  readonly isActive: boolean;
  readonly onPress: () => void;
}): ReactNode {
  const { isActive, onPress, product } = props;
  const { t } = useTranslation('sell');
  const categories = useAsk('catalogue.categories', {});
  const category = categories.data?.categories.find((one) => one.category === product.category);
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isActive) row.current?.scrollIntoView({ block: 'nearest' });
  }, [isActive]);
  const unit = product.unit === 'piece' ? undefined : t(`unit.${product.unit}`);
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the scan field keeps the focus and says which row is chosen; a pointer presses the row itself
    <div
      aria-selected={isActive}
      className={classNames(s['row'], isActive && s['active'])}
      id={`found-${product.product}`}
      onClick={onPress}
      ref={row}
      onMouseDown={(event) => event.preventDefault()}
      role="option"
    >
      <CategoryDot tint={category?.tint ?? null} />
      <span className={s['words']}>
        <span className={s['name']}>{product.name}</span>
        <span className={s['detail']}>
          <bdi>{product.sku}</bdi>
          {category !== undefined && <span>{category.name}</span>}
        </span>
      </span>
      <span className={s['price']}>
        {product.price_minor === null ? (
          t('found.openPrice')
        ) : (
          <AmountText amount_minor={product.price_minor} isStrong />
        )}
        {unit !== undefined && <span className={s['unit']}>{t('perUnit', { unit })}</span>}
      </span>
    </div>
  );
}
