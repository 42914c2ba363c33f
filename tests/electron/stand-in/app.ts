import { EventEmitter } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive } from '../../../commands/postgres/leftover.ts';
import { BrowserWindow, endChromium, onAllClosed } from './browser-window.ts';

const lockName = 'single-instance';
const knock = 'second-instance';

export class App extends EventEmitter {
  readonly isPackaged = false;
  readonly commandLine = { removeSwitch: () => undefined };
  #userData = join(tmpdir(), 'stand-in');
  #holdsLock = false;

  constructor() {
    super();
    onAllClosed(() => this.emit('window-all-closed'));
  }
  enableSandbox(): void {
    // Chromium has the sandbox that it was started with.
  }
  /** Later than the main's first run, as the real one is. */
  whenReady(): Promise<void> {
    return new Promise((resolve) => setImmediate(resolve));
  }
  getVersion(): string {
    return '0.1.0';
  }
  getLocale(): string {
    return 'en-GB';
  }
  getPath(name: string): string {
    return name === 'userData' ? this.#userData : join(this.#userData, name);
  }
  setPath(_name: 'userData', path: string): void {
    this.#userData = path;
  }
  requestSingleInstanceLock(): boolean {
    mkdirSync(this.#userData, { recursive: true });
    process.env['STAND_IN_USER_DATA'] = this.#userData;
    const lock = join(this.#userData, lockName);
    if (existsSync(lock) && isAlive(Number(readFileSync(lock, 'utf8')))) {
      writeFileSync(join(this.#userData, knock), '');
      return false;
    }
    writeFileSync(lock, String(process.pid));
    this.#holdsLock = true;
    const knocked = join(this.#userData, knock);
    watch(this.#userData, () => {
      if (!existsSync(knocked)) return;
      rmSync(knocked, { force: true });
      this.emit('second-instance', {}, [], process.cwd(), undefined);
    }).unref();
    return true;
  }
  quit(): void {
    let isPrevented = false;
    this.emit('before-quit', { preventDefault: () => (isPrevented = true) });
    if (isPrevented) return;
    for (const window of BrowserWindow.getAllWindows()) window.emit('close', {});
    this.emit('will-quit', { preventDefault: () => undefined });
    this.exit(0);
  }
  exit(code = 0): void {
    endChromium();
    if (this.#holdsLock) rmSync(join(this.#userData, lockName), { force: true });
    process.exit(code);
  }
}
