import type { StoreSettings } from '../journal/kinds/store-kinds.ts';

/** What a British shop of the demo, a test or a bench is set to, but for what it says of itself. */
export function britishStore(own: Partial<StoreSettings> & Pick<StoreSettings, 'name'>): StoreSettings {
  return {
    address: [],
    tax_number: null,
    currency: 'GBP',
    zone: 'Europe/London',
    locale: 'en-GB',
    prices_include_tax: true,
    tax_rounding: 'line',
    cash_rounding: null,
    receipt_footer: '',
    ...own,
  };
}
