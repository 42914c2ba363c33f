import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { app, type BrowserWindow, dialog } from 'electron';
import type { SavedFile } from '../../shared/contract/shell.ts';
import { faultText } from '../../shared/fault-text.ts';
import type { Log } from '../../shared/log.ts';

/** Asks where a file is to be saved, among downloads unless somebody says otherwise, and saves it. */
export async function saveFile(
  window: BrowserWindow,
  { bytes, name }: SavedFile,
  log: Log,
): Promise<'saved' | 'cancelled' | 'failed'> {
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    defaultPath: join(app.getPath('downloads'), name),
    filters: [{ name: 'ZIP', extensions: ['zip'] }],
  });
  if (canceled || filePath === '') return 'cancelled';
  try {
    await writeFile(filePath, bytes, { mode: 0o600 });
    return 'saved';
  } catch (error) {
    log.warn('file.not_saved', { error: faultText(error) });
    return 'failed';
  }
}
