type FunctionKey = 'F1' | 'F2' | 'F3' | 'F4' | 'F5' | 'F6' | 'F7' | 'F8' | 'F9' | 'F10' | 'F11' | 'F12';
type Letter =
  | ('A' | 'B' | 'C' | 'D' | 'E' | 'F' | 'G' | 'H' | 'I' | 'J' | 'K' | 'L' | 'M')
  | ('N' | 'O' | 'P' | 'Q' | 'R' | 'S' | 'T' | 'U' | 'V' | 'W' | 'X' | 'Y' | 'Z');
type Sign = '*' | '+' | '-';
type Named = 'Enter' | 'Escape' | 'Delete' | 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight' | 'Home' | 'End';

/** A key that does something, as it is written in code. Letters name the place on the keyboard, not what is printed. */
export type ShortcutKeys = FunctionKey | `Shift+${FunctionKey}` | `Ctrl+${Letter}` | Sign | Named;

/** The parts of a KeyboardEvent that decide a match. */
export interface KeyStroke {
  readonly code: string;
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly repeat: boolean;
}

/**
 * What has the focus; it decides whether plain keys belong to it. A control counts when it was reached by keyboard. One of
 * several that is chosen already (`chosen`) has no use for Enter any more, only for the arrows to the others.
 */
export type FocusKind = 'text' | 'filled-text' | 'control' | 'chosen' | 'page';

const namedKeys: ReadonlySet<string> = new Set<Named>([
  'Enter',
  'Escape',
  'Delete',
  'ArrowUp',
  'ArrowDown',
  'ArrowLeft',
  'ArrowRight',
  'Home',
  'End',
]);
const signs: Readonly<Record<Sign, string>> = { '*': 'NumpadMultiply', '+': 'NumpadAdd', '-': 'NumpadSubtract' };
/** Chords that a text field with something in it keeps for itself: select all, copy, paste, cut, undo, redo. */
const editingLetters = new Set(['A', 'C', 'V', 'X', 'Z', 'Y']);

function isSign(keys: string): keys is Sign {
  return Object.hasOwn(signs, keys);
}

/** Whether a text, kept or read from a stroke, is a key as it is written here. */
export function isShortcutKeys(text: string): text is ShortcutKeys {
  return /^(?:(?:Shift\+)?F(?:[1-9]|1[0-2])|Ctrl\+[A-Z])$/u.test(text) || isSign(text) || namedKeys.has(text);
}

/** Whether this stroke is that shortcut. Function keys and letters go by `code`, so every layout works. */
export function matchesShortcut(keys: ShortcutKeys, stroke: KeyStroke): boolean {
  if (stroke.altKey) return false;
  const isChord = stroke.ctrlKey || stroke.metaKey;
  if (isSign(keys)) return !isChord && (stroke.key === keys || stroke.code === signs[keys]);
  const letter = /^Ctrl\+([A-Z])$/u.exec(keys)?.[1];
  if (letter !== undefined) return isChord && !stroke.shiftKey && stroke.code === `Key${letter}`;
  if (isChord) return false;
  if (keys.startsWith('Shift+')) return stroke.shiftKey && stroke.code === keys.slice('Shift+'.length);
  if (stroke.shiftKey) return false;
  return stroke.code === keys || (keys === 'Enter' && stroke.code === 'NumpadEnter');
}

/** Whether a stroke belongs to the focused element rather than to a shortcut. */
export function belongsToFocus(keys: ShortcutKeys, focus: FocusKind): boolean {
  if (/^(?:Shift\+)?F\d+$/u.test(keys)) return false;
  const letter = /^Ctrl\+([A-Z])$/u.exec(keys)?.[1];
  if (letter !== undefined) return focus === 'filled-text' && editingLetters.has(letter);
  if (keys === 'Escape') return false;
  if (focus === 'filled-text') return true;
  if (focus === 'text') return keys !== 'ArrowUp' && keys !== 'ArrowDown' && keys !== '*' && keys !== 'Delete';
  if (focus === 'page' || (focus === 'chosen' && keys === 'Enter')) return false;
  return keys === 'Enter' || keys.startsWith('Arrow') || keys === 'Home' || keys === 'End';
}

export interface ShortcutAction {
  readonly keys: ShortcutKeys;
  /** Returns `false` to let the stroke go on to whoever else wants it. */
  readonly run: () => boolean | void;
  /** Works also when a text field has the focus and would take the key: Enter takes the amount that was typed. */
  readonly inFields?: boolean | undefined;
  /** Works also when a layer (a dialog) lies above the one it was registered in: locking the till. */
  readonly throughLayers?: boolean | undefined;
  /** Goes on while the key is held down. */
  readonly repeats?: boolean | undefined;
}

/** A level of the screen: the page, or a dialog over it. Only the topmost one hears its keys. */
export interface ShortcutLayer {
  readonly actions: Set<ShortcutAction>;
}

/** Keeps which key does what now. One per window. */
export class ShortcutRegistry {
  readonly #layers: ShortcutLayer[] = [{ actions: new Set() }];
  #recorder: ((stroke: KeyStroke) => boolean) | undefined;

  /** The page itself, below every dialog. */
  get base(): ShortcutLayer {
    const [base] = this.#layers;
    if (base === undefined) throw new Error('The base layer is never removed');
    return base;
  }

  openLayer(): { readonly layer: ShortcutLayer; readonly close: () => void } {
    const layer: ShortcutLayer = { actions: new Set() };
    this.#layers.push(layer);
    const close = (): void => {
      const at = this.#layers.indexOf(layer);
      if (at > 0) this.#layers.splice(at, 1);
    };
    return { layer, close };
  }

  /** Adds an action to a layer; the newest of several with the same key wins. Returns how to remove it. */
  add(layer: ShortcutLayer, action: ShortcutAction): () => void {
    layer.actions.add(action);
    return () => layer.actions.delete(action);
  }

  /**
   * Lets somebody hear every stroke before the actions do, who wants to know which key is pressed; `true` takes it away from
   * them. One at a time. Returns how to stop.
   */
  record(hear: (stroke: KeyStroke) => boolean): () => void {
    this.#recorder = hear;
    return () => {
      if (this.#recorder === hear) this.#recorder = undefined;
    };
  }

  /** Runs what the stroke means now; true when it was used, and the browser must not have it any more. */
  handle(stroke: KeyStroke, focus: FocusKind): boolean {
    if (this.#recorder?.(stroke) === true) return true;
    for (const action of this.#candidates()) {
      if (!matchesShortcut(action.keys, stroke)) continue;
      const isOverField = action.inFields === true && focus !== 'control' && focus !== 'chosen';
      if (!isOverField && belongsToFocus(action.keys, focus)) continue;
      if (stroke.repeat && action.repeats !== true) return true;
      if (action.run() !== false) return true;
    }
    return false;
  }

  *#candidates(): Generator<ShortcutAction> {
    const top = this.#layers.at(-1);
    for (const layer of this.#layers.toReversed()) {
      for (const action of [...layer.actions].toReversed()) {
        if (layer === top || action.throughLayers === true) yield action;
      }
    }
  }
}

/** Tells what has the focus, for `handle`. */
export function focusKindOf(element: Element | null): FocusKind {
  if (element === null) return 'page';
  if (isTextEntry(element)) return element.value === '' ? 'text' : 'filled-text';
  if (element instanceof HTMLElement && element.isContentEditable) return 'filled-text';
  // A button that was merely clicked keeps the focus; the keys on the screen still mean what is printed on them.
  if (!element.matches(':focus-visible') || element.closest(controls) === null) return 'page';
  return element.matches('[role="radio"][aria-checked="true"]') ? 'chosen' : 'control';
}

const controls = 'button, a[href], select, input, tr, [role="option"], [role="tab"], [role="menuitem"]';
const notText = new Set(['button', 'checkbox', 'color', 'file', 'image', 'radio', 'range', 'reset', 'submit']);

/** Whether an element takes typed text. */
export function isTextEntry(element: Element | null): element is HTMLInputElement | HTMLTextAreaElement {
  if (element instanceof HTMLTextAreaElement) return !element.readOnly;
  return element instanceof HTMLInputElement && !element.readOnly && !notText.has(element.type);
}
