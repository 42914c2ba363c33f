/** The built screens of till and head office. */
import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

const project = join(import.meta.dirname, '..', '..');

/** Where the screens are served from. */
export const screensFolder = join(project, 'dist', 'renderer');

/**
 * Builds the screens when they are missing or older than their sources; `report` hears that it takes a moment. Built
 * beside and put in their place whole: two that build at once don't empty each other's folder.
 */
export async function buildScreens(report: (line: string) => void): Promise<void> {
  if (areBuilt()) return;
  report('Building the screens …');
  await buildScreensAnew();
}

/** Builds the screens, however new those are that are there. */
export async function buildScreensAnew(): Promise<void> {
  const { build } = await import('vite');
  const partial = `${screensFolder}.${process.pid}`;
  try {
    await build({
      root: join(project, 'renderer'),
      configFile: join(project, 'vite.config.ts'),
      logLevel: 'error',
      build: { outDir: partial },
    });
    // Two renames, so that there is hardly a moment without screens for whoever serves them already.
    if (existsSync(screensFolder)) renameSync(screensFolder, `${partial}.old`);
    renameSync(partial, screensFolder);
  } catch (error) {
    // Another process may have put its own there in between, and they are as good.
    if (!areBuilt()) throw error;
  } finally {
    for (const gone of [partial, `${partial}.old`]) rmSync(gone, { recursive: true, force: true });
  }
}

function areBuilt(): boolean {
  const pages = ['till', 'headoffice'].map((name) => join(screensFolder, name, 'index.html'));
  const sources = newest(['renderer', 'shared', 'vite.config.ts'].map((path) => join(project, path)));
  return pages.every((page) => existsSync(page) && statSync(page).mtimeMs >= sources);
}

/** When the newest of some files and folders was changed, in milliseconds. */
export function newest(paths: readonly string[]): number {
  return paths.reduce((latest, path) => {
    const found = statSync(path);
    const within = found.isDirectory() ? newest(readdirSync(path).map((name) => join(path, name))) : 0;
    return Math.max(latest, found.mtimeMs, within);
  }, 0);
}
