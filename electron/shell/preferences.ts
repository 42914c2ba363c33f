/** What this PC remembers of its window and its printer. Nothing secret, nothing of the shop. */
import { ipcMain, type Rectangle } from 'electron';
import Store from 'electron-store';
import { z } from 'zod';
import type { Preferences } from '../../shared/contract/shell.ts';

const kept = z.object({
  printer: z.string().nullable().catch(null),
  isFullScreen: z.boolean().catch(false),
  bounds: z
    .object({ x: z.int(), y: z.int(), width: z.int().positive(), height: z.int().positive() })
    .nullable()
    .catch(null),
});

export interface KeptPreferences {
  read(): Preferences;
  change(changes: Partial<Preferences>): Preferences;
  /** Where the window was; null where it has never been moved. */
  bounds(): Rectangle | null;
  keepBounds(bounds: Rectangle): void;
}

/** Kept in the application's own folder. What can't be read counts as never said. */
export function openPreferences(): KeptPreferences {
  const store = new Store({ name: 'preferences', clearInvalidConfig: true });
  // The library answers any page that asks for the folder's path. Nobody here asks.
  ipcMain.removeAllListeners('electron-store-get-data');
  const read = (): z.infer<typeof kept> => kept.parse(store.store);
  return {
    read: () => {
      const { isFullScreen, printer } = read();
      return { printer, isFullScreen };
    },
    change: (changes) => {
      store.set(changes);
      const { isFullScreen, printer } = read();
      return { printer, isFullScreen };
    },
    bounds: () => read().bounds,
    keepBounds: (bounds) => store.set({ bounds }),
  };
}
