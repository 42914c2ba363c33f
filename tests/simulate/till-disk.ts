/** The disk of a till PC: a folder with the till's file and what belongs to it, which can be copied, put back and left as it is. */
import { copyFileSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

export class TillDisk {
  readonly #root: string;
  readonly #name: string;
  #made = 0;
  folder: string;

  constructor(root: string, name: string) {
    this.#root = root;
    this.#name = name;
    this.folder = this.#newFolder();
  }

  /** The till's file. */
  get path(): string {
    return join(this.folder, 'till.db');
  }

  /** What is in another folder takes the place of what is here. Nobody has it open. */
  putBack(from: string): void {
    const old = this.folder;
    this.folder = this.#newFolder();
    copyFiles(from, this.folder);
    rmSync(old, { recursive: true, force: true });
  }

  /** A copy of the disk as it is now. */
  copy(): string {
    const folder = this.#newFolder();
    copyFiles(this.folder, folder);
    return folder;
  }

  /** Goes on with a copy: whoever has files open in the old folder changes nothing here any more. */
  letGo(): void {
    this.folder = this.copy();
  }

  #newFolder(): string {
    this.#made += 1;
    const folder = join(this.#root, `${this.#name}-${this.#made}`);
    mkdirSync(folder);
    return folder;
  }
}

/** What a PC that starts again finds: not the locks, and not the memory that processes share. */
function copyFiles(from: string, to: string): void {
  for (const name of readdirSync(from))
    if (!name.endsWith('.lock') && !name.endsWith('-shm')) copyFileSync(join(from, name), join(to, name));
}
