/** The desktop shell, built: `main.cjs`, `preload.cjs`, and `till-worker.cjs`, which runs in threads of main. */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { newest } from '../demo/screens.ts';

const project = join(import.meta.dirname, '..', '..');

const modes = ['main', 'preload', 'till-worker'];

/** Where `npm run build` puts it. */
export const shellFolder = join(project, 'dist', 'shell');

/** Builds it into `folder`, over what is there. Takes some seconds. */
export async function buildShell(folder: string): Promise<void> {
  const { build } = await import('vite');
  for (const mode of modes) {
    await build({
      root: project,
      configFile: join(project, 'vite.shell.config.ts'),
      mode,
      logLevel: 'warn',
      build: { outDir: folder },
    });
  }
}

/** Builds the shell when it is missing or older than its sources; `report` hears that it takes a moment. */
export async function buildShellWhenOld(report: (line: string) => void): Promise<void> {
  const built = modes.map((mode) => join(shellFolder, `${mode}.cjs`));
  const sources = newest(
    ['electron', 'shared', 'sync', 'migrations', 'vite.shell.config.ts'].map((path) => join(project, path)),
  );
  if (built.every((file) => existsSync(file) && statSync(file).mtimeMs >= sources)) return;
  report('Building the desktop application …');
  await buildShell(shellFolder);
}
