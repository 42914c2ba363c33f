import type { TillContract } from '../../../shared/contract/till.ts';
import type { StoreSettings } from '../../../shared/journal/kinds/store-kinds.ts';
import { isCurrency } from '../../../shared/money/currency.ts';
import { fail } from '../failure.ts';
import type { Handlers } from '../handler.ts';
import { findOpenShift } from '../shift/find.ts';
import { isZone } from '../zone.ts';
import { refuseReadOnly } from './authority.ts';
import { settingsOf } from './read.ts';

export const settingsHandlers: Handlers<TillContract['settings']> = {
  record: (context, { settings }) => {
    refuseReadOnly(context.db);
    checkSettings(settings);
    const before = settingsOf(context.db);
    // A shift is counted in one currency and closed on the day that its zone gave it.
    const isOtherDrawer = settings.currency !== before.currency || settings.zone !== before.zone;
    if (isOtherDrawer && findOpenShift(context.db) !== undefined) fail('shift.already_open');
    context.append('settings.recorded', settings);
    context.changed('settings');
    return settings;
  },
};

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
