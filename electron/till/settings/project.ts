import type { Projectors } from '../journal/projector.ts';
import { putSettings } from './read.ts';

export const settingsProjectors: Projectors<'settings.recorded'> = {
  'settings.recorded': (db, _entry, body) => {
    putSettings(db, body);
  },
};
