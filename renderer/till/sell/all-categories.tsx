import { ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { CategoryDot, type CategoryChip } from '../../ui/index.ts';
import s from './all-categories.module.css';

export interface AllCategoriesProps {
  readonly categories: readonly CategoryChip[];
  readonly onChoose: (id: string) => void;
}

/** Every category, also those that the row has no room for. */
export function AllCategories({ categories, onChoose }: AllCategoriesProps): ReactNode {
  const { t } = useTranslation('sell');
  return (
    <MenuTrigger>
      <Button className={s['button'] ?? ''}>
        {t('categories.all')}
        <ChevronDown aria-hidden="true" className={s['icon']} />
      </Button>
      <Popover className={s['popover'] ?? ''} offset={6} placement="bottom end">
        <Menu aria-label={t('categories.label')} className={s['menu'] ?? ''} onAction={(key) => onChoose(String(key))}>
          {categories.map(({ id, name, tint }) => (
            <MenuItem className={s['item'] ?? ''} id={id} key={id} textValue={name}>
              <CategoryDot tint={tint === 'favourites' ? null : tint} />
              <bdi>{name}</bdi>
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
