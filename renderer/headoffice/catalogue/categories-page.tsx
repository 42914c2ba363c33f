import { Plus } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CategoryId } from '../../../shared/ids.ts';
import { tints } from '../../../shared/journal/kinds/catalogue-kinds.ts';
import {
  Button,
  CategoryDot,
  Dialog,
  EmptyState,
  Panel,
  Select,
  Switch,
  Table,
  TextField,
  useFormat,
} from '../../ui/index.ts';
import { newId } from '../../line/line.ts';
import { useMay } from '../data/office-context.tsx';
import type { Category } from '../data/operations.ts';
import { useAsk } from '../data/use-ask.ts';
import { useCommand } from '../data/use-command.ts';
import { FormGrid } from '../frame/columns.tsx';
import { FailureNotice } from '../frame/failure-notice.tsx';
import { Answered } from '../frame/section.tsx';
import { BarEnd, TabPage } from '../frame/tab-page.tsx';
import s from './products-page.module.css';

/** The categories in their order. */
export function CategoriesPage(): ReactNode {
  const { t } = useTranslation('products');
  const format = useFormat();
  const mayEdit = useMay('product.edit');
  const categories = useAsk('catalogue.categories', {});
  const [edited, setEdited] = useState<Category | null>(null);
  const add = (): void => {
    const last = Math.max(-1, ...(categories.data?.categories ?? []).map(({ position }) => position));
    setEdited({ category: newId<CategoryId>(), name: '', tint: 'bakery', position: last + 1, active: true });
  };
  return (
    <TabPage
      bar={
        mayEdit && (
          <BarEnd>
            <Button icon={Plus} onPress={add} variant="primary">
              {t('categories.newCategory')}
            </Button>
          </BarEnd>
        )
      }
    >
      <Panel>
        <Answered of={categories}>
          {({ categories: rows }) => (
            <Table<Category>
              columns={[
                {
                  id: 'position',
                  title: t('categories.position'),
                  render: ({ position }) => format.integer(position),
                  width: 'narrow',
                  isFigure: true,
                },
                {
                  id: 'name',
                  title: t('categories.name'),
                  render: ({ name, tint }) => (
                    <span className={s['category']}>
                      <CategoryDot tint={tint} /> <bdi>{name}</bdi>
                    </span>
                  ),
                  isRowName: true,
                },
                { id: 'tint', title: t('categories.colour'), render: ({ tint }) => t(`tints.${tint}`) },
                { id: 'state', title: t('state'), render: ({ active }) => t(active ? 'active' : 'retired') },
              ]}
              isFaded={({ active }) => !active}
              label={t('categories.categories')}
              {...(mayEdit ? { onRowPress: setEdited } : {})}
              placeholder={<EmptyState title={t('categories.none')} />}
              rowId={({ category }) => category}
              rows={rows}
            />
          )}
        </Answered>
      </Panel>
      {edited !== null && <CategoryDialog category={edited} onClose={() => setEdited(null)} />}
    </TabPage>
  );
}

function CategoryDialog({
  category,
  onClose,
}: {
  readonly category: Category;
  readonly onClose: () => void;
}): ReactNode {
  const { t } = useTranslation('products');
  const record = useCommand('catalogue.record_category');
  const [form, setForm] = useState(category);
  const isReady = form.name.trim() !== '';
  const save = async (): Promise<void> => {
    if (!isReady) return;
    const result = await record.run(form);
    if (result.ok) onClose();
  };
  return (
    <Dialog
      actions={
        <Button isDisabled={!isReady} isPending={record.isPending} onPress={() => void save()} variant="primary">
          {t('categories.save')}
        </Button>
      }
      isOpen
      onClose={onClose}
      title={category.name === '' ? t('categories.newCategory') : category.name}
    >
      <FailureNotice failure={record.failure} />
      <FormGrid>
        <TextField
          autoFocus
          isRequired
          label={t('categories.name')}
          maxLength={200}
          onChange={(name) => setForm({ ...form, name })}
          onSubmit={() => void save()}
          path="name"
          value={form.name}
        />
        <Select
          choices={tints.map((id) => ({ id, label: t(`tints.${id}`) }))}
          label={t('categories.colour')}
          onChange={(tint) => setForm({ ...form, tint })}
          value={form.tint}
        />
        <TextField
          inputMode="numeric"
          isCode
          label={t('categories.position')}
          maxLength={5}
          onChange={(text) => setForm({ ...form, position: Math.min(10_000, Number(text.replaceAll(/\D/g, ''))) })}
          path="position"
          value={String(form.position)}
        />
        <Switch isSelected={form.active} onChange={(active) => setForm({ ...form, active })}>
          {t('categories.isActive')}
        </Switch>
      </FormGrid>
    </Dialog>
  );
}
