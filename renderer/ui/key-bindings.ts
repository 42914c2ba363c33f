/** Which key does what on this device: what was changed of the usual keys, and what may be. */
import { allKeyActions, meet, rulesOf, type KeyAction } from './key-actions.ts';
import { isShortcutKeys, type KeyStroke, type ShortcutKeys } from './shortcuts.ts';

/** What was changed of the usual keys; null where an action lost its key. */
export type KeyChanges = Readonly<Partial<Record<KeyAction, ShortcutKeys | null>>>;

const storageKey = 'evertill.keys';

/** The key of an action now. */
export function keyOf(changes: KeyChanges, action: KeyAction): ShortcutKeys | undefined {
  const changed = changes[action];
  return (changed === undefined ? rulesOf(action).usual : changed) ?? undefined;
}

/** Why a key can't be given to an action. */
export type Refusal =
  /** Digits, letters, and what scanners end their codes with. */
  | 'scanner'
  /** A browser or the system would take it first. */
  | 'browser'
  /** Fields need it, to write and to edit. */
  | 'typing'
  /** Enter, Escape, the arrows: they mean the same everywhere. */
  | 'same'
  /** No key that is offered. */
  | 'unknown';

const browserKeys = new Set(['F11', 'F12', 'Shift+F10', 'Ctrl+N', 'Ctrl+Q', 'Ctrl+R', 'Ctrl+T', 'Ctrl+W']);
/** Line feed and carriage return, as scanners write them that were set up as a terminal. */
const scannerKeys = new Set(['Ctrl+J', 'Ctrl+M']);
const editingKeys = new Set(['Ctrl+A', 'Ctrl+C', 'Ctrl+V', 'Ctrl+X', 'Ctrl+Y', 'Ctrl+Z']);
const sameEverywhere = new Set(['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End', 'Enter', 'Escape']);
const signsAndDelete = new Set(['*', '+', '-', 'Delete']);

/** Why an action can't have these keys; undefined when it can. Its usual keys it always may have. */
export function refusalOf(action: KeyAction, keys: ShortcutKeys): Refusal | undefined {
  if (rulesOf(action).isFixed === true) return 'same';
  if (keys === rulesOf(action).usual) return undefined;
  if (scannerKeys.has(keys)) return 'scanner';
  if (browserKeys.has(keys)) return 'browser';
  if (sameEverywhere.has(keys)) return 'same';
  if (editingKeys.has(keys)) return 'typing';
  return signsAndDelete.has(keys) && rulesOf(action).takesSigns !== true ? 'typing' : undefined;
}

const modifiers = new Set(['Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'CapsLock', 'NumLock', 'ScrollLock', 'Fn']);
const signOfPad: Readonly<Record<string, ShortcutKeys>> = {
  NumpadMultiply: '*',
  NumpadAdd: '+',
  NumpadSubtract: '-',
};

export type ReadStroke =
  | { readonly kind: 'keys'; readonly keys: ShortcutKeys }
  | { readonly kind: 'refused'; readonly why: Refusal }
  /** Only Ctrl, Shift or the like: the key itself is still to come. */
  | { readonly kind: 'more' };

/** What was pressed, as a key for an action. */
export function readStroke(stroke: KeyStroke): ReadStroke {
  if (modifiers.has(stroke.key)) return { kind: 'more' };
  const text = writtenKeys(stroke);
  if (text !== undefined && isShortcutKeys(text)) return { kind: 'keys', keys: text };
  if (stroke.key === 'Enter' || stroke.key === 'Tab') return { kind: 'refused', why: 'scanner' };
  const isTyped = stroke.key.length === 1 && !stroke.ctrlKey && !stroke.metaKey && !stroke.altKey;
  if (isTyped) return { kind: 'refused', why: /[\p{L}\p{N}]/u.test(stroke.key) ? 'scanner' : 'typing' };
  return { kind: 'refused', why: stroke.key === 'Backspace' ? 'typing' : 'unknown' };
}

function writtenKeys({ altKey, code, ctrlKey, key, metaKey, shiftKey }: KeyStroke): string | undefined {
  if (altKey) return undefined;
  const sign = signOfPad[code] ?? key;
  if (!ctrlKey && !metaKey) {
    if (isShortcutKeys(sign) && signsAndDelete.has(sign)) return sign;
    return shiftKey ? `Shift+${code}` : code;
  }
  const letter = /^Key([A-Z])$/u.exec(code)?.[1];
  return letter === undefined || shiftKey ? undefined : `Ctrl+${letter}`;
}

/** Who has these keys on a screen on which the action is heard, too. */
export function clashesOf(changes: KeyChanges, action: KeyAction, keys: ShortcutKeys): readonly KeyAction[] {
  return allKeyActions.filter((other) => meet(action, other) && keyOf(changes, other) === keys);
}

/** The bindings with one more changed; what is as usual is not kept. */
function withKey(changes: KeyChanges, action: KeyAction, keys: ShortcutKeys | null): KeyChanges {
  const { [action]: _, ...others } = changes;
  return keys === rulesOf(action).usual ? others : { ...others, [action]: keys };
}

/** Gives an action its key. The key has to be free. */
export function changeKey(changes: KeyChanges, action: KeyAction, keys: ShortcutKeys | null): KeyChanges {
  return withKey(changes, action, keys);
}

/**
 * Gives an action a key that others have, and them the key that it had. Undefined when that can't be: the key that would
 * become theirs is not one for them, or another has it where they are.
 */
export function swapKeys(changes: KeyChanges, action: KeyAction, keys: ShortcutKeys): KeyChanges | undefined {
  const before = keyOf(changes, action) ?? null;
  const others = clashesOf(changes, action, keys);
  if (others.some((other) => rulesOf(other).isFixed === true)) return undefined;
  let swapped = withKey(changes, action, keys);
  for (const other of others) {
    if (before !== null && refusalOf(other, before) !== undefined) return undefined;
    swapped = withKey(swapped, other, before);
  }
  const isSound = [action, ...others].every((one) => hasOwnKey(swapped, one));
  return isSound ? swapped : undefined;
}

function hasOwnKey(changes: KeyChanges, action: KeyAction): boolean {
  const keys = keyOf(changes, action);
  return keys === undefined || clashesOf(changes, action, keys).length === 0;
}

/**
 * What this device remembers. What is not known any more, or not allowed, or takes a key from another action, is left out:
 * a kept key never silences one that a newer version brought.
 */
export function rememberedKeys(storage: Pick<Storage, 'getItem'>): KeyChanges {
  let kept: unknown;
  try {
    kept = JSON.parse(storage.getItem(storageKey) ?? '{}');
  } catch {
    return {};
  }
  if (typeof kept !== 'object' || kept === null) return {};
  const found = new Map(Object.entries(kept));
  let changes: KeyChanges = {};
  for (const action of allKeyActions) {
    const keys: unknown = found.get(action);
    if (rulesOf(action).isFixed === true) continue;
    if (keys === null) changes = withKey(changes, action, null);
    else if (typeof keys === 'string' && isShortcutKeys(keys) && refusalOf(action, keys) === undefined)
      changes = withKey(changes, action, keys);
  }
  // One by one until nothing clashes: going back to a usual key may meet another that was changed.
  for (let round = 0; round <= allKeyActions.length; round += 1) {
    const wrong = allKeyActions.find((action) => changes[action] !== undefined && !hasOwnKey(changes, action));
    if (wrong === undefined) return changes;
    const { [wrong]: _, ...others } = changes;
    changes = others;
  }
  return changes;
}

/** Keeps the keys for this device's next start. */
export function keepKeys(storage: Pick<Storage, 'setItem' | 'removeItem'>, changes: KeyChanges): void {
  if (Object.keys(changes).length === 0) storage.removeItem(storageKey);
  else storage.setItem(storageKey, JSON.stringify(changes));
}

/** Whether what another window of this device changed are its keys. */
export function isOfKeys(event: Pick<StorageEvent, 'key'>): boolean {
  return event.key === storageKey || event.key === null;
}
