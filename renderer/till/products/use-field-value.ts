import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/index.ts';
import type { Decision } from '../data/operations.ts';
import { useAsk } from '../data/use-ask.ts';
import { units } from './product-draft.ts';

/** The value of a product's field in the store's writing; what a newer head office says in another form stands as it is. */
export function useFieldValue(): (field: NonNullable<Decision['field']>, value: Decision['wanted']) => string {
  const { t } = useTranslation('products');
  const format = useFormat();
  const categories = useAsk('catalogue.categories', {}).data?.categories ?? [];
  const taxes = useAsk('catalogue.taxes', {}).data?.taxes ?? [];
  const listed = (texts: readonly string[]) => (texts.length === 0 ? t('decisions.nothing') : texts.join(', '));
  return (field, value) => {
    if (field === 'price_minor') return typeof value === 'number' ? format.money(value) : t('openPrice');
    if (field === 'active') return value === true ? t('active') : t('retired');
    if (field === 'stocked') return value === true ? t('decisions.counted') : t('notStocked');
    if (field === 'category')
      return categories.find(({ category }) => category === value)?.name ?? t('form.noCategory');
    if (Array.isArray(value))
      return listed(
        value.map((one) => {
          const text = textOf(one);
          return field === 'taxes' ? (taxes.find(({ tax }) => tax === text)?.code ?? text) : text;
        }),
      );
    const unit = units.find((one) => one === value);
    if (field === 'unit' && unit !== undefined) return t(`units.${unit}`);
    return value === null ? t('decisions.nothing') : textOf(value);
  };
}

function textOf(value: Decision['wanted']): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
