import type { MenuItemConstructorOptions } from 'electron';
import type { Words } from './words.ts';

/** The menu of macOS, whose keys for copying and quitting come from it. Elsewhere a till has none. */
export function menuTemplate({ edit, quit }: Words): MenuItemConstructorOptions[] {
  return [
    { label: 'Evertill', submenu: [{ role: 'about' }, { type: 'separator' }, { role: 'quit', label: quit }] },
    {
      label: edit,
      submenu: (['undo', 'redo', 'cut', 'copy', 'paste', 'selectAll'] as const).map((role) => ({ role })),
    },
  ];
}
