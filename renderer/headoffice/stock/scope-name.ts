import { useTranslation } from 'react-i18next';

/** What a stock take was of, in words; a scope that a newer till knows stands as it is. */
export function useScopeName(): (scope: string) => string {
  const { t } = useTranslation('headoffice');
  return (scope) =>
    scope === 'store' || scope === 'category' || scope === 'products' ? t(`stock.scopes.${scope}`) : scope;
}
