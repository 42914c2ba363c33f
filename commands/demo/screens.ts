/** The built screens of till and head office. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const project = join(import.meta.dirname, '..', '..');

/** Where the screens are served from. */
export const screensFolder = join(project, 'dist', 'renderer');

/** Builds the screens when they are missing or older than their sources; `report` hears that it takes a moment. */
export async function buildScreens(report: (line: string) => void): Promise<void> {
  const pages = ['till', 'headoffice'].map((name) => join(screensFolder, name, 'index.html'));
  const sources = newest(['renderer', 'shared', 'vite.config.ts'].map((path) => join(project, path)));
  if (pages.every((page) => existsSync(page) && statSync(page).mtimeMs >= sources)) return;
  report('Building the screens …');
  const { build } = await import('vite');
  await build({ root: join(project, 'renderer'), configFile: join(project, 'vite.config.ts'), logLevel: 'error' });
}

/** When the newest of some files and folders was changed. */
function newest(paths: readonly string[]): number {
  let latest = 0;
  for (const path of paths) {
    const { mtimeMs, isDirectory } = describe(path);
    latest = Math.max(latest, mtimeMs, isDirectory ? newest(readdirSync(path).map((name) => join(path, name))) : 0);
  }
  return latest;
}

function describe(path: string): { readonly mtimeMs: number; readonly isDirectory: boolean } {
  const found = statSync(path);
  return { mtimeMs: found.mtimeMs, isDirectory: found.isDirectory() };
}
