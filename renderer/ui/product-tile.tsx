import type { ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { CategoryIcon, type ProductIconName, type Tint } from './category-icon.tsx';
import { useFormat } from './format-context.tsx';
import { keepUnits } from './keep-units.ts';
import { hiddenFromSight } from './hidden.ts';
import s from './product-tile.module.css';
import { RovingGroup } from './roving-group.tsx';

export interface ProductTileProps {
  readonly name: string;
  /** An amount, or the word for a price that is entered at the till. */
  readonly price: ReactNode;
  /** "/ kg", "each", "18+" */
  readonly note?: ReactNode;
  readonly tint: Tint | null;
  readonly icon?: ProductIconName | undefined;
  /** How much of it is in the basket. */
  readonly inBasket_milli?: number | undefined;
  readonly onPress: () => void;
  readonly isDisabled?: boolean | undefined;
}

/** A product to touch. The focus stays in the scan field. */
export function ProductTile(props: ProductTileProps): ReactNode {
  const { inBasket_milli = 0, name, note } = props;
  const { t } = useTranslation('common');
  const format = useFormat();
  const isIn = inBasket_milli > 0;
  return (
    <Button
      className={s['tile'] ?? ''}
      data-roving=""
      isDisabled={props.isDisabled ?? false}
      onPress={() => props.onPress()}
      preventFocusOnPress
    >
      <span className={s['top']}>
        <span className={s['picture']}>
          <CategoryIcon icon={props.icon} tint={props.tint} />
          {isIn && (
            <span aria-hidden="true" className={s['count']}>
              <bdi>{format.quantity(inBasket_milli)}</bdi>
            </span>
          )}
        </span>
        <span className={s['price']}>
          <span className={s['amount']}>{props.price}</span>
          {note !== undefined && <span className={s['note']}>{note}</span>}
        </span>
      </span>
      <span className={s['name']} dir="auto">
        {keepUnits(name)}
      </span>
      {isIn && <span className={hiddenFromSight}>{t('inBasket', { count: Math.ceil(inBasket_milli / 1000) })}</span>}
    </Button>
  );
}

export interface ProductGridProps {
  readonly label: string;
  readonly children: ReactNode;
}

/** The tiles, as many columns as the screen's width has room for; one Tab stop with arrows inside. */
export function ProductGrid({ children, label }: ProductGridProps): ReactNode {
  return (
    <RovingGroup className={s['grid']} label={label}>
      {children}
    </RovingGroup>
  );
}
