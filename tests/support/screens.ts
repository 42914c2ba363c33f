import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';

const project = join(import.meta.dirname, '..', '..');

/**
 * Which React is in them: the one that ships, or the one for development, which is slow and writes into the console what it
 * objects to.
 */
export type ScreensKind = 'production' | 'development';

/**
 * Builds the screens of till and head office, or the gallery of parts, into a folder. In a process of its own: a test
 * runner's own NODE_ENV would bring the development build of React. Tests of screens share what was built: `askForShared`.
 */
export async function buildScreens(
  folder: string,
  { kind = 'production', mode }: { readonly kind?: ScreensKind; readonly mode?: 'gallery' } = {},
): Promise<void> {
  const vite = createRequire(import.meta.url)
    .resolve('vite/package.json')
    .replace(/package\.json$/u, 'bin/vite.js');
  const args = [vite, 'build', '--logLevel', 'error', '--outDir', folder, '--emptyOutDir'];
  if (mode !== undefined) args.push('--mode', mode);
  await promisify(execFile)(process.execPath, args, { cwd: project, env: { ...process.env, NODE_ENV: kind } });
}
