/** The screens of till and head office, built once for a file of tests, in a folder of their own. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const project = join(import.meta.dirname, '..', '..');

/** Builds them, into a folder that `removeScreens` removes. */
export async function buildScreens(): Promise<string> {
  const outDir = mkdtempSync(join(tmpdir(), 'evertill-screens-'));
  const { build } = await import('vite');
  await build({
    root: join(project, 'renderer'),
    configFile: join(project, 'vite.config.ts'),
    logLevel: 'error',
    build: { outDir, emptyOutDir: true },
  });
  return outDir;
}

export function removeScreens(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}
