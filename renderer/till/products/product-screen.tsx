import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { ProductId } from '../../../shared/ids.ts';
import { ErrorState, LoadingState, PageHeader } from '../../ui/index.ts';
import { useAsk } from '../data/use-ask.ts';
import { useErrorText } from '../frame/failure-text.ts';
import { ProductForm } from './product-form.tsx';
import s from '../frame/page.module.css';

/** One product: to create, to change, or only to look at. */
export function ProductScreen({ product: id }: { readonly product: ProductId | null }): ReactNode {
  const { t } = useTranslation('products');
  const [, goTo] = useLocation();
  const errorText = useErrorText();
  // The list of categories says whether the head office keeps the catalogue.
  const catalogue = useAsk('catalogue.categories', {});
  const taxes = useAsk('catalogue.taxes', {});
  const shown = useAsk('product.show', { product: id ?? nothing }, { isEnabled: id !== null });
  const decisions = useAsk('product.decisions', { product: id }, { isEnabled: id !== null });
  const error = catalogue.error ?? taxes.error ?? shown.error;
  const back = (): void => goTo('/products');
  const isReady = catalogue.data !== undefined && taxes.data !== undefined && (id === null || shown.data !== undefined);
  if (error !== null || !isReady) {
    return (
      <div className={s['page']}>
        <PageHeader onBack={back} title={t('form.show')} />
        {error === null ? (
          <LoadingState />
        ) : (
          <ErrorState onRetry={() => void shown.refetch()} title={t('failed')}>
            {errorText(error)}
          </ErrorState>
        )}
      </div>
    );
  }
  return (
    <ProductForm
      categories={catalogue.data.categories}
      decisions={id === null ? [] : (decisions.data?.decisions ?? [])}
      isProposed={catalogue.data.read_only}
      onBack={back}
      product={shown.data ?? null}
      taxes={taxes.data.taxes}
    />
  );
}

// Canonical text of the nil UUID; a new product is never asked for.
const nothing = '00000000-0000-0000-0000-000000000000' as ProductId;
