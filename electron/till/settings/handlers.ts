import type { TillContract } from '../../../shared/contract/till.ts';
import { fail } from '../failure.ts';
import type { Handlers } from '../handler.ts';
import { findOpenShift } from '../shift/find.ts';
import { refuseReadOnly } from './authority.ts';
import { checkSettings } from './check.ts';
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
