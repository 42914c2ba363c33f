/** The small parts of the stand-in. What a test wants to see or to decide is in `standIn`. */
import { EventEmitter } from 'node:events';
import { hostname, userInfo } from 'node:os';

/** What a test looks at, and what it decides instead of the system. */
export const standIn = {
  dialogs: [] as { readonly title: string; readonly detail: string }[],
  /** The button that is pressed in the next dialog. */
  pressed: 0,
  printers: [] as { name: string; displayName: string; description: string; options: object }[],
  prints: [] as unknown[],
  /** Whether the printer does what it is told. */
  isPrinting: true,
  /** Where the next file is saved; null where somebody thinks better of it. */
  savePath: null as string | null,
};

export interface Frame {
  readonly url: string;
  readonly parent: object | null;
}

export type IpcHandler = (event: { sender: unknown; senderFrame: Frame | null }, ...given: unknown[]) => unknown;

class IpcMain extends EventEmitter {
  readonly handlers = new Map<string, IpcHandler>();
  handle(channel: string, handler: IpcHandler): void {
    if (this.handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    this.handlers.set(channel, handler);
  }
}
export const ipcMain = new IpcMain();

/** Who the secrets are sealed for: one user of one PC, unless a test says that it is another. */
const user = process.env['STAND_IN_USER'] ?? `${userInfo().username}@${hostname()}`;

export const safeStorage = {
  getSelectedStorageBackend: () => process.env['STAND_IN_VAULT'] ?? 'gnome_libsecret',
  isAsyncEncryptionAvailable: () => Promise.resolve(process.env['STAND_IN_VAULT'] !== 'none'),
  encryptStringAsync: (text: string) =>
    Promise.resolve(Buffer.from(Buffer.from(JSON.stringify({ user, text })).toReversed())),
  decryptStringAsync: (sealed: Buffer) => {
    const kept = JSON.parse(Buffer.from(Buffer.from(sealed).toReversed()).toString()) as { user: string; text: string };
    if (kept.user !== user) return Promise.reject(new Error('Error while decrypting the ciphertext'));
    return Promise.resolve({ result: kept.text, shouldReEncrypt: false });
  },
};

export const dialog = {
  showSaveDialog: () => Promise.resolve({ canceled: standIn.savePath === null, filePath: standIn.savePath ?? '' }),
  showErrorBox: (title: string, detail: string) => void standIn.dialogs.push({ title, detail }),
  showMessageBox: ({ detail = '', message }: { message: string; detail?: string }) => {
    standIn.dialogs.push({ title: message, detail });
    return Promise.resolve({ response: standIn.pressed, checkboxChecked: false });
  },
};

export const powerMonitor = new EventEmitter();
export const nativeTheme = { shouldUseDarkColors: false };
export const screen = {
  getDisplayMatching: () => ({ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }),
};
export const Menu = { setApplicationMenu: () => undefined, buildFromTemplate: (template: unknown) => template };
