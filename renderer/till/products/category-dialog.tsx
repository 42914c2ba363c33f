import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { tints } from '../../../shared/journal/kinds/catalogue-kinds.ts';
import type { CategoryId } from '../../../shared/ids.ts';
import { Button, CategoryDot, Dialog, Notice, Switch, TextField } from '../../ui/index.ts';
import { newId } from '../../line/line.ts';
import type { Category } from '../data/operations.ts';
import { useCommand } from '../data/use-command.ts';
import { CancelButton } from '../frame/cancel-button.tsx';
import { useFailureText } from '../frame/failure-text.ts';
import p from '../frame/page.module.css';
import s from './products.module.css';

export interface CategoryDialogProps {
  readonly category: Category | 'new' | null;
  /** The place of a new one: after the last. */
  readonly position: number;
  readonly onClose: () => void;
}

/** Writes a category. */
export function CategoryDialog({ category, onClose, position }: CategoryDialogProps): ReactNode {
  const { t } = useTranslation('products');
  return (
    <Dialog
      isOpen={category !== null}
      onClose={onClose}
      title={category === 'new' ? t('categories.newCategory') : (category?.name ?? '')}
    >
      {category !== null && (
        <CategoryForm category={category === 'new' ? null : category} onClose={onClose} position={position} />
      )}
    </Dialog>
  );
}

function CategoryForm(props: {
  readonly category: Category | null;
  readonly position: number;
  readonly onClose: () => void;
}): ReactNode {
  const { category, onClose, position } = props;
  const { t } = useTranslation('products');
  const failureText = useFailureText();
  const record = useCommand('catalogue.record_category');
  const [id] = useState(() => category?.category ?? newId<CategoryId>());
  const [name, setName] = useState(category?.name ?? '');
  const [tint, setTint] = useState<Category['tint']>(category?.tint ?? tints[position % tints.length] ?? 'home');
  const [place, setPlace] = useState(String((category?.position ?? position) + 1));
  const [active, setActive] = useState(category?.active ?? true);
  const save = async (): Promise<void> => {
    if (name.trim() === '' || record.isPending) return;
    const at = Math.min(Math.max(Number(place) || 1, 1), 10_000) - 1;
    const result = await record.run({ category: id, name, tint, position: at, active });
    if (result.ok) onClose();
  };
  return (
    <div className={p['form']}>
      {record.failure !== undefined && <Notice severity="bad" title={failureText(record.failure)} />}
      <TextField
        autoFocus
        label={t('categories.name')}
        maxLength={200}
        onChange={setName}
        onSubmit={() => void save()}
        path="name"
        value={name}
      />
      <div className={p['group']}>
        <p className={p['label']}>{t('categories.colour')}</p>
        <div aria-label={t('categories.colour')} className={s['tints']} role="group">
          {tints.map((one) => (
            <Button isSelected={one === tint} isWide key={one} onPress={() => setTint(one)}>
              <span className={s['tint']}>
                <CategoryDot tint={one} />
                {t(`tints.${one}`)}
              </span>
            </Button>
          ))}
        </div>
      </div>
      <TextField
        inputMode="numeric"
        isCode
        label={t('categories.position')}
        maxLength={5}
        onChange={(text) => setPlace(text.replace(/\D/gu, ''))}
        onSubmit={() => void save()}
        path="position"
        value={place}
      />
      <Switch isSelected={active} onChange={setActive}>
        {t('categories.isActive')}
      </Switch>
      <div className={p['actions']}>
        <CancelButton onPress={onClose} />
        <Button
          isDisabled={name.trim() === ''}
          isPending={record.isPending}
          onPress={() => void save()}
          shortcut="save"
          variant="primary"
        >
          {t('categories.save')}
        </Button>
      </div>
    </div>
  );
}
