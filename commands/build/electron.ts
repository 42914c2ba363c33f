/** Electron's runtime, where it is installed. Asking the module `electron` for it would begin a download of 100 MB. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const module_folder = join(import.meta.dirname, '..', '..', 'node_modules', 'electron');

const usualNames: Partial<Record<NodeJS.Platform, string>> = {
  win32: 'electron.exe',
  darwin: 'Electron.app/Contents/MacOS/Electron',
};

/** The path of Electron's program: of the npm package, or below `ELECTRON_OVERRIDE_DIST_PATH`; undefined without one. */
export function findElectron(environment: NodeJS.ProcessEnv, folder = module_folder): string | undefined {
  const told = join(folder, 'path.txt');
  const name = existsSync(told) ? readFileSync(told, 'utf8').trim() : undefined;
  const elsewhere = environment['ELECTRON_OVERRIDE_DIST_PATH'];
  // Its own installer writes the name when it has unpacked the runtime; without one there is none.
  if (elsewhere === undefined && name === undefined) return undefined;
  const program = join(elsewhere ?? join(folder, 'dist'), name ?? usualNames[process.platform] ?? 'electron');
  return existsSync(program) ? program : undefined;
}
