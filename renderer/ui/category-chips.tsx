import { Star } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { Button } from 'react-aria-components';
import s from './category-chips.module.css';
import { CategoryDot, type Tint } from './category-icon.tsx';
import { classNames } from './class-names.ts';
import { RovingGroup } from './roving-group.tsx';

export interface CategoryChip {
  readonly id: string;
  readonly name: string;
  /** `favourites` has a star instead of a colour. */
  readonly tint: Tint | 'favourites' | null;
}

export interface CategoryChipsProps {
  readonly label: string;
  readonly categories: readonly CategoryChip[];
  readonly selected: string | null;
  readonly onSelect: (id: string) => void;
  /** At the far end: the menu with all of them. */
  readonly after?: ReactNode;
}

/** The row of categories above the tiles. What doesn't fit is reached by scrolling it, or through `after`. */
export function CategoryChips({ after, categories, label, onSelect, selected }: CategoryChipsProps): ReactNode {
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    row.current?.querySelector('[aria-pressed="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [selected, categories.length]);
  return (
    <div className={s['row']} ref={row}>
      <RovingGroup className={s['chips']} label={label}>
        {categories.map(({ id, name, tint }) => (
          <Button
            aria-pressed={id === selected}
            className={classNames(s['chip'], id === selected && s['selected'])}
            data-roving=""
            key={id}
            onPress={() => onSelect(id)}
            preventFocusOnPress
          >
            {tint === 'favourites' ? <Star aria-hidden="true" className={s['star']} /> : <CategoryDot tint={tint} />}
            <bdi>{name}</bdi>
          </Button>
        ))}
      </RovingGroup>
      {after}
    </div>
  );
}
