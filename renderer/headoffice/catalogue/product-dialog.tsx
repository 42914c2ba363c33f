import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, ConfirmDialog, Dialog, useFarPrice, useFormat } from '../../ui/index.ts';
import { useMay } from '../data/office-context.tsx';
import type { Category, Product } from '../data/operations.ts';
import { useAsk } from '../data/use-ask.ts';
import { useCommand } from '../data/use-command.ts';
import { FailureNotice } from '../frame/failure-notice.tsx';
import { ProductFields } from './product-fields.tsx';
import { creation, edit, emptyForm, formOf, type ProductForm } from './product-form.ts';

export interface ProductDialogProps {
  /** Null for a new one. */
  readonly product: Product | null;
  readonly categories: readonly Category[];
  readonly onClose: () => void;
  /** With the words that say so. */
  readonly onSaved: (words: string) => void;
}

/** A product's form: a new one, or one to be changed. */
export function ProductDialog(props: ProductDialogProps): ReactNode {
  const taxes = useAsk('catalogue.taxes', {});
  // A new product begins with the taxes that are in use, so the form waits for them.
  return taxes.data === undefined ? null : <Form {...props} taxes={taxes.data.taxes} />;
}

function Form(props: ProductDialogProps & { readonly taxes: Parameters<typeof ProductFields>[0]['taxes'] }): ReactNode {
  const { categories, onClose, onSaved, product, taxes } = props;
  const { t } = useTranslation(['products', 'common']);
  const format = useFormat();
  const mayEdit = useMay('product.edit');
  const create = useCommand('product.create');
  const change = useCommand('product.edit');
  const [held, setHeld] = useState(product);
  const [form, setForm] = useState<ProductForm>(() =>
    held === null
      ? emptyForm(
          taxes
            .filter(({ active }) => active)
            .slice(0, 1)
            .map(({ tax }) => tax),
        )
      : formOf(held, format),
  );
  const [isAsking, setIsAsking] = useState(false);
  const latest = useAsk('product.show', { product: held?.product ?? ('' as never) }, { isEnabled: held !== null });
  const failure = create.failure ?? change.failure;
  const made = held === null ? creation(form, format) : undefined;
  const changes = held === null ? undefined : edit(form, held, format);
  const far = useFarPrice(form.price, held?.price_minor ?? null);
  const isReady = made !== undefined || changes !== undefined;

  const save = async (): Promise<void> => {
    if (!far.isMeant()) return;
    if (made !== undefined) {
      const result = await create.run(made);
      if (result.ok) onSaved(t('form.created', { name: result.value.name }));
    } else if (changes !== undefined) {
      const result = await change.run(changes);
      if (result.ok) onSaved(t('form.saved', { name: result.value.name }));
    }
  };
  const setActive = async (active: boolean): Promise<void> => {
    setIsAsking(false);
    if (held === null) return;
    const result = await change.run({ product: held.product, against: held.version, changes: { active } });
    if (result.ok) onSaved(t('form.saved', { name: result.value.name }));
  };
  const reload = async (): Promise<void> => {
    const { data } = await latest.refetch();
    if (data === undefined) return;
    change.clear();
    setHeld(data);
    setForm(formOf(data, format));
  };

  return (
    <>
      <Dialog
        actions={
          mayEdit && (
            <>
              {held?.active === true && (
                <Button onPress={() => setIsAsking(true)} variant="danger">
                  {t('form.deactivate')}
                </Button>
              )}
              {held?.active === false && <Button onPress={() => void setActive(true)}>{t('form.reactivate')}</Button>}
              <Button
                isDisabled={!isReady}
                isPending={create.isPending || change.isPending}
                onPress={() => void save()}
                variant="primary"
              >
                {t(held === null ? 'form.create' : 'form.save')}
              </Button>
            </>
          )
        }
        isOpen
        onClose={onClose}
        size="large"
        title={held === null ? t('form.new') : t(mayEdit ? 'form.edit' : 'form.show')}
      >
        <FailureNotice failure={failure} onReload={() => void reload()} />
        <ProductFields
          categories={categories}
          form={form}
          isReadOnly={!mayEdit}
          onChange={(fields) => setForm((now) => ({ ...now, ...fields }))}
          priceQuestion={far.question(() => void save())}
          taxes={taxes}
        />
      </Dialog>
      <ConfirmDialog
        confirmLabel={t('form.deactivate')}
        isDangerous
        isOpen={isAsking}
        onCancel={() => setIsAsking(false)}
        onConfirm={() => void setActive(false)}
        title={t('form.retireTitle', { name: held?.name ?? '' })}
      >
        {t('form.retireBody')}
      </ConfirmDialog>
    </>
  );
}
