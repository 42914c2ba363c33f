import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { PageHeader, Tabs } from '../../ui/index.ts';
import { CategoriesPage } from './categories-page.tsx';
import { ProductsPage } from './products-page.tsx';
import { TaxesPage } from './taxes-page.tsx';

/** Products, categories and taxes: what is changed here, every till learns by the feed. */
export function CatalogueScreen(): ReactNode {
  const { t } = useTranslation('headoffice');
  const [page, setPage] = useState('products');
  return (
    <>
      <PageHeader detail={t('catalogue.hint')} title={t('nav.catalogue')} />
      <Tabs
        label={t('nav.catalogue')}
        onChange={setPage}
        pages={[
          { id: 'products', label: t('catalogue.products'), content: <ProductsPage /> },
          { id: 'categories', label: t('catalogue.categories'), content: <CategoriesPage /> },
          { id: 'taxes', label: t('catalogue.taxes'), content: <TaxesPage /> },
        ]}
        selected={page}
      />
    </>
  );
}
