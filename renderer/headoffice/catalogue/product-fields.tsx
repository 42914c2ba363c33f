import { X } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CategoryId, TaxId } from '../../../shared/ids.ts';
import { Checkbox, IconButton, MoneyField, Select, Switch, TextField, useFormat } from '../../ui/index.ts';
import type { Category, Tax } from '../data/operations.ts';
import { FormGrid, WholeRow } from '../frame/columns.tsx';
import { units, type ProductForm } from './product-form.ts';
import s from './product-fields.module.css';

export interface ProductFieldsProps {
  readonly form: ProductForm;
  readonly onChange: (fields: Partial<ProductForm>) => void;
  readonly categories: readonly Category[];
  readonly taxes: readonly Tax[];
  readonly isReadOnly: boolean;
  /** Asked beneath the price; null while there is nothing to ask. */
  readonly priceQuestion: ReactNode;
}

/** The fields of a product. */
export function ProductFields(props: ProductFieldsProps): ReactNode {
  const { categories, form, isReadOnly, onChange, priceQuestion } = props;
  const { t } = useTranslation('products');
  return (
    <FormGrid>
      <WholeRow>
        <TextField
          autoFocus
          isReadOnly={isReadOnly}
          isRequired
          label={t('form.name')}
          maxLength={200}
          onChange={(name) => onChange({ name })}
          path="name"
          value={form.name}
        />
      </WholeRow>
      <TextField
        isCode
        isReadOnly={isReadOnly}
        isRequired
        label={t('form.sku')}
        maxLength={64}
        onChange={(sku) => onChange({ sku })}
        path="sku"
        value={form.sku}
      />
      <MoneyField
        description={t('form.priceHint')}
        isReadOnly={isReadOnly}
        label={t('form.price')}
        onChange={(price) => onChange({ price })}
        path="price"
        value={form.price}
      />
      {priceQuestion !== null && <WholeRow>{priceQuestion}</WholeRow>}
      <Select
        choices={units.map((id) => ({ id, label: t(`units.${id}`) }))}
        isDisabled={isReadOnly}
        label={t('form.unit')}
        onChange={(unit) => onChange({ unit })}
        value={form.unit}
      />
      <Select<CategoryId | ''>
        choices={[
          { id: '', label: t('form.noCategory') },
          ...categories
            .filter(({ active, category }) => active || category === form.category)
            .map(({ category, name }) => ({ id: category, label: name })),
        ]}
        isDisabled={isReadOnly}
        label={t('form.category')}
        onChange={(category) => onChange({ category: category === '' ? null : category })}
        value={form.category ?? ''}
      />
      <TaxFields {...props} />
      <BarcodeFields {...props} />
      <Switch isDisabled={isReadOnly} isSelected={form.stocked} onChange={(stocked) => onChange({ stocked })}>
        {t('form.stocked')}
      </Switch>
    </FormGrid>
  );
}

function TaxFields({ form, isReadOnly, onChange, taxes }: ProductFieldsProps): ReactNode {
  const { t } = useTranslation('products');
  const format = useFormat();
  const shown = taxes.filter(({ active, tax }) => active || form.taxes.includes(tax));
  const toggle = (tax: TaxId, isSelected: boolean): void =>
    onChange({ taxes: isSelected ? [...form.taxes, tax] : form.taxes.filter((one) => one !== tax) });
  return (
    <fieldset className={s['group']}>
      <legend className={s['legend']}>{t('form.taxes')}</legend>
      {shown.length === 0 && <p className={s['hint']}>{t('form.noTaxes')}</p>}
      {shown.map(({ code, name, rate_millionths, tax }) => (
        <Checkbox
          isDisabled={isReadOnly}
          isSelected={form.taxes.includes(tax)}
          key={tax}
          onChange={(isSelected) => toggle(tax, isSelected)}
        >
          <bdi>{code}</bdi> · <bdi>{name}</bdi> · <bdi>{format.rate(rate_millionths)}</bdi>
        </Checkbox>
      ))}
    </fieldset>
  );
}

function BarcodeFields({ form, isReadOnly, onChange }: ProductFieldsProps): ReactNode {
  const { t } = useTranslation('products');
  const [typed, setTyped] = useState('');
  const add = (): void => {
    const barcode = typed.trim();
    if (barcode !== '' && !form.barcodes.includes(barcode)) onChange({ barcodes: [...form.barcodes, barcode] });
    setTyped('');
  };
  return (
    <fieldset className={s['group']}>
      <legend className={s['legend']}>{t('form.barcodes')}</legend>
      {form.barcodes.map((barcode) => (
        <span className={s['barcode']} key={barcode}>
          <bdi className={s['digits']}>{barcode}</bdi>
          {!isReadOnly && (
            <IconButton
              icon={X}
              label={t('form.removeBarcode', { barcode })}
              onPress={() => onChange({ barcodes: form.barcodes.filter((one) => one !== barcode) })}
              size="small"
              variant="quiet"
            />
          )}
        </span>
      ))}
      {!isReadOnly && (
        <TextField
          description={t('form.barcodesHint')}
          isCode
          isLabelHidden
          label={t('form.addBarcode')}
          maxLength={80}
          onBlur={add}
          onChange={setTyped}
          onSubmit={add}
          path="barcodes"
          value={typed}
        />
      )}
    </fieldset>
  );
}
