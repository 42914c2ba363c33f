import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/index.ts';
import { units } from '../catalogue/product-form.ts';
import { useMay } from '../data/office-context.tsx';
import type { Inbox } from '../data/operations.ts';
import { useAsk } from '../data/use-ask.ts';

type Edit = Inbox['edits'][number];

/** The value of a product's field in words, amounts in the currency of the shop that changed it. */
export function useFieldValue(): (edit: Edit, value: Edit['wanted']) => string {
  const { t } = useTranslation(['headoffice', 'products']);
  const format = useFormat();
  const isEnabled = useMay('product.view');
  const categories = useAsk('catalogue.categories', {}, { isEnabled }).data?.categories ?? [];
  const taxes = useAsk('catalogue.taxes', {}, { isEnabled }).data?.taxes ?? [];
  return ({ currency, field }, value) => {
    if (field === 'price_minor')
      return typeof value === 'number' ? format.money(value, currency) : t('edits.values.openPrice');
    if (field === 'active') return t(value === true ? 'edits.values.inUse' : 'edits.values.notInUse');
    if (field === 'stocked') return t(value === true ? 'edits.values.counted' : 'edits.values.notCounted');
    if (field === 'category')
      return categories.find(({ category }) => category === value)?.name ?? t('edits.values.nothing');
    if (Array.isArray(value)) {
      const texts = value.map((one) => taxes.find(({ tax }) => tax === one)?.code ?? textOf(one));
      return texts.length === 0 ? t('edits.values.nothing') : texts.join(', ');
    }
    const unit = units.find((one) => one === value);
    if (field === 'unit' && unit !== undefined) return t(`products:units.${unit}`);
    return value === null ? t('edits.values.nothing') : textOf(value);
  };
}

function textOf(value: Edit['wanted']): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
