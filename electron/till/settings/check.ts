import type { StoreSettings } from '../../../shared/journal/kinds/store-kinds.ts';
import { isCurrency } from '../../../shared/money/currency.ts';
import { fail } from '../failure.ts';
import { isZone } from '../zone.ts';

/** Fails with `zone.unknown`, `currency.unknown` or, for a locale that Intl can't read, `input.malformed`. */
export function checkSettings(settings: StoreSettings): void {
  if (!isZone(settings.zone)) fail('zone.unknown', { zone: settings.zone });
  if (!isCurrency(settings.currency)) fail('currency.unknown', { currency: settings.currency });
  if (!isLocale(settings.locale)) fail('input.malformed', { where: 'settings.locale' });
}

function isLocale(locale: string): boolean {
  try {
    return Intl.getCanonicalLocales(locale).length === 1;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
