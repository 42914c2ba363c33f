/**
 * What the desktop shell gives to a till's window, beside the till itself: how far it has come with opening it, and the
 * PC's own printer and window. In a browser there is none of it.
 */
import type { Call } from './client.ts';
import type { Result } from './errors.ts';
import type { TillEvent } from './till.ts';

/** The name under which a window finds its {@link ShellBridge}. */
export const bridgeName = 'evertill';

/** The channels between a window and its shell. Nothing else is listened to on either side. */
export const shellChannels = {
  opened: 'shell.opened',
  invoke: 'till.invoke',
  told: 'till.told',
  preferences: 'shell.preferences',
  prefer: 'shell.prefer',
  printers: 'shell.printers',
  print: 'shell.print',
  save: 'shell.save',
  quit: 'shell.quit',
} as const;

/**
 * Why the till can't be opened. The first nine are the file's; the three before the keys are of bringing it up to date:
 * no space for a copy of it, a copy that can't be read, a step that failed. `key_…`: what keeps its secrets (sealed for another user
 * or PC, kept by nobody now, no key at all). Whatever it is, nothing of the till was changed.
 */
export const troubles = [
  'missing',
  'empty',
  'in_use',
  'not_ours',
  'newer',
  'setting_refused',
  'storage_full',
  'damaged',
  'migration_failed',
  'key_foreign',
  'key_unavailable',
  'key_damaged',
  'unknown',
] as const;

export interface Trouble {
  readonly kind: (typeof troubles)[number];
  /** The file that it is about. */
  readonly path: string;
  /** Of what should never happen: it stands in the log. Null where the kind says all. */
  readonly incident: string | null;
}

/** What a till does before it is open, in this order: the first three only where its file is of an older version. */
export const startingSteps = ['backing_up', 'checking', 'migrating', 'opening'] as const;

/** How far a till is with opening. */
export interface Starting {
  readonly step: (typeof startingSteps)[number];
  /** From 0 to 1; null where nobody can tell. */
  readonly share: number | null;
}

/** What a window is told beside the answers to its calls. */
export type Told = TillEvent | 'reconnected' | { readonly starting: Starting };

/** What came of opening the till. */
export type Opened = { readonly ok: true } | { readonly ok: false; readonly trouble: Trouble };

/** What this PC is told once and remembers; nothing secret, nothing of the shop. */
export interface Preferences {
  /** The system's name of the printer that receipts and reports go to without a question; null asks each time. */
  readonly printer: string | null;
  /** The till fills the screen, without the frame of a window. */
  readonly isFullScreen: boolean;
}

export interface PrinterOfPc {
  /** The system's name, which `Preferences.printer` takes. */
  readonly name: string;
  /** What people call it. */
  readonly label: string;
}

/** The paper that is printed on. */
export interface Paper {
  readonly width_mm: number;
  readonly height_mm: number;
}

/** `ask`: no printer is set, so the system's own dialog is to be opened. `gone`: the one that is set is not there. */
export type Printed = 'printed' | 'ask' | 'gone' | 'failed';

export interface PrintAnswer {
  readonly printed: Printed;
  /** Of a print that failed: what to name on the telephone. */
  readonly incident: string | null;
}

/** A file that the window has made. */
export interface SavedFile {
  /** Proposed; people may choose another. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What the shell lets its window do. */
export interface ShellBridge {
  /** Answers when the till is open, or can't be. `again`: tries anew after a trouble. */
  opened(again: boolean): Promise<Opened>;
  /** Asks the till. Rejects only when the shell is going down. */
  invoke(call: Call): Promise<Result<unknown>>;
  /**
   * Hears what changed, `reconnected` when something may have been missed, and how far the till is with opening. Answers
   * how to stop.
   */
  listen(listener: (told: Told) => void): () => void;
  preferences(): Promise<Preferences>;
  /** Changes what is given, and answers all. */
  prefer(changes: Partial<Preferences>): Promise<Preferences>;
  printers(): Promise<readonly PrinterOfPc[]>;
  /** Prints what the window's print style sheet shows, without a question when a printer is set. */
  print(paper: Paper): Promise<PrintAnswer>;
  /** Asks where a file is to be saved, and saves it. */
  save(file: SavedFile): Promise<'saved' | 'cancelled' | 'failed'>;
  quit(): Promise<void>;
}
