import type { StoreSettings } from '../shared/journal/kinds/store-kinds.ts';

/** The settings of a store of a bench. */
export function benchSettings(name = 'Bench'): StoreSettings {
  return {
    name,
    address: [],
    tax_number: null,
    currency: 'GBP',
    zone: 'Europe/London',
    locale: 'en-GB',
    prices_include_tax: true,
    tax_rounding: 'document',
    cash_rounding: null,
    receipt_footer: '',
  };
}
