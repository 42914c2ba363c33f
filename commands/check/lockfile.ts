import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const LOCKFILE = fileURLToPath(new URL('../../package-lock.json', import.meta.url));

/** The part of a lockfile that is read here. */
interface Lockfile {
  readonly packages: Record<string, { readonly version?: string; readonly resolved?: string; gypfile?: boolean }>;
}

/**
 * What is wrong with a lockfile, one text each; empty when all is well. `node_version` is the running Node's, without
 * the `v`.
 */
export function checkLockfile(text: string, node_version: string): readonly string[] {
  const { packages }: Lockfile = JSON.parse(text);
  const wrong = Object.entries(packages)
    // Without an address npm asks the registry that it is set to: a clone installs from a mirror as well.
    .filter(([, { resolved }]) => resolved !== undefined && /^[a-z+]+:/.test(resolved))
    .map(([path, { resolved }]) => `${path} names where it was fetched from: ${resolved}`);
  const sqlite = packages['node_modules/better-sqlite3'];
  // Its package says so too, but npm leaves it out of lockfiles, and then builds what is prebuilt, if it can.
  if (sqlite !== undefined && sqlite.gypfile !== false)
    wrong.push('better-sqlite3 lacks "gypfile": false, so that npm ci would run node-gyp: npm run lockfile mends it');
  // The package fetches the binary by a nested npm call, which the lockfile does not pin.
  const node = packages['node_modules/node']?.version;
  if (node !== undefined && node !== node_version)
    wrong.push(`this runs under Node ${node_version}, not under the lockfile's ${node}: npm ci, and start it by npm`);
  return wrong;
}

/** Adds what `npm install` drops each time it writes the lockfile. */
export function mendLockfile(text: string): string {
  const lockfile: Lockfile = JSON.parse(text);
  const sqlite = lockfile.packages['node_modules/better-sqlite3'];
  if (sqlite !== undefined) sqlite.gypfile = false;
  return `${JSON.stringify(lockfile, null, 2)}\n`;
}

if (import.meta.main) {
  const text = readFileSync(LOCKFILE, 'utf8');
  const mended = process.argv.includes('--fix') ? mendLockfile(text) : text;
  if (mended !== text) writeFileSync(LOCKFILE, mended);
  const wrong = checkLockfile(mended, process.versions.node);
  for (const line of wrong) console.log(line);
  process.exitCode = wrong.length === 0 ? 0 : 1;
}
