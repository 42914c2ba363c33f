import {
  Apple,
  Banana,
  Bean,
  BookOpen,
  CakeSlice,
  Candy,
  Carrot,
  Cherry,
  Citrus,
  Coffee,
  Cookie,
  Croissant,
  CupSoda,
  Egg,
  Fish,
  Flame,
  Flower2,
  Gift,
  GlassWater,
  Ham,
  Lamp,
  Milk,
  Nut,
  Package,
  Salad,
  Sandwich,
  ShoppingBag,
  Soup,
  Wheat,
  Wine,
  type LucideIcon,
} from 'lucide-react';
import type { ReactNode } from 'react';
import s from './category-icon.module.css';
import { classNames } from './class-names.ts';

/** The eight tints of a category; the same names as in the catalogue. */
export type Tint = 'bakery' | 'produce' | 'dairy' | 'drinks' | 'deli' | 'home' | 'gifts' | 'pantry';

/** Every drawing that a product may have. */
export const productIcons = {
  apple: Apple,
  banana: Banana,
  beans: Bean,
  book: BookOpen,
  cake: CakeSlice,
  candy: Candy,
  carrot: Carrot,
  cherry: Cherry,
  citrus: Citrus,
  coffee: Coffee,
  cookie: Cookie,
  croissant: Croissant,
  soda: CupSoda,
  egg: Egg,
  fish: Fish,
  candle: Flame,
  flower: Flower2,
  gift: Gift,
  water: GlassWater,
  ham: Ham,
  lamp: Lamp,
  milk: Milk,
  nut: Nut,
  package: Package,
  salad: Salad,
  sandwich: Sandwich,
  bag: ShoppingBag,
  soup: Soup,
  wheat: Wheat,
  wine: Wine,
} as const satisfies Readonly<Record<string, LucideIcon>>;

export type ProductIconName = keyof typeof productIcons;

/** What stands for a product without a drawing of its own. */
const tintIcons: Readonly<Record<Tint, ProductIconName>> = {
  bakery: 'wheat',
  produce: 'apple',
  dairy: 'milk',
  drinks: 'soda',
  deli: 'ham',
  home: 'lamp',
  gifts: 'gift',
  pantry: 'beans',
};

export interface CategoryIconProps {
  readonly tint: Tint | null;
  readonly icon?: ProductIconName | undefined;
  readonly size?: 'default' | 'small' | undefined;
}

/** A drawing on its category's tint. Decoration: the name always stands beside it. */
export function CategoryIcon({ icon, size = 'default', tint }: CategoryIconProps): ReactNode {
  const Icon = productIcons[icon ?? (tint === null ? 'package' : tintIcons[tint])];
  return (
    <span aria-hidden="true" className={classNames(s['icon'], s[size], s[tint ?? 'untinted'])}>
      <Icon className={s['drawing']} />
    </span>
  );
}

/** The category's colour as a dot, before its name. */
export function CategoryDot({ tint }: { readonly tint: Tint | null }): ReactNode {
  return <span aria-hidden="true" className={classNames(s['dot'], s[tint ?? 'untinted'])} />;
}
