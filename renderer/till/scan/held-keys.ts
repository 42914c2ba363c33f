import { isTextEntry } from '../../ui/shortcuts.ts';

/** A field as it was before a key came: enough to put it back. */
export interface FieldSnapshot {
  readonly field: HTMLInputElement | HTMLTextAreaElement;
  readonly value: string;
  readonly selectionStart: number | null;
  readonly selectionEnd: number | null;
}

/** A key that was held back, and where it was going. */
export interface HeldKey {
  readonly target: Element;
  readonly init: KeyboardEventInit;
}

/** Whether a first character may be seen in this field for a moment. Money, quantities and PINs say no. */
export function canTakeBack(element: Element | null): boolean {
  return isTextEntry(element) && !element.disabled && element.dataset['scan'] !== 'never';
}

export function takeSnapshot(element: Element | null): FieldSnapshot | undefined {
  if (!isTextEntry(element)) return undefined;
  const { selectionEnd, selectionStart, value } = element;
  return { field: element, value, selectionStart, selectionEnd };
}

/**
 * Puts a field back. React keeps its own record of an input's value, which the element's own setter would bypass
 * unnoticed; the prototype's setter and an input event make it see the change and run `onChange`.
 */
export function restoreSnapshot(snapshot: FieldSnapshot): void {
  const { field, selectionEnd, selectionStart, value } = snapshot;
  if (!field.isConnected || field.value === value) return;
  const prototype = field instanceof HTMLTextAreaElement ? HTMLTextAreaElement.prototype : HTMLInputElement.prototype;
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, value);
  field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'historyUndo' }));
  if (selectionStart !== null && field === document.activeElement)
    field.setSelectionRange(selectionStart, selectionEnd);
}

/** Keeps what is needed to give a key back later. */
export function holdKey(event: KeyboardEvent): HeldKey | undefined {
  const { target } = event;
  if (!(target instanceof Element)) return undefined;
  const { code, key, location, shiftKey } = event;
  return { target, init: { bubbles: true, cancelable: true, composed: true, code, key, location, shiftKey } };
}

/**
 * Gives a key back to where it was going: the event first, then, as a scripted event types nothing by itself, its
 * character into the field. `replayed` marks the event, so that the scanner doesn't hear it again.
 */
export function replayKey(held: HeldKey, replayed: WeakSet<Event>): void {
  const target = held.target.isConnected ? held.target : (document.activeElement ?? document.body);
  const event = new KeyboardEvent('keydown', held.init);
  replayed.add(event);
  const { key = '' } = held.init;
  const isWanted = target.dispatchEvent(event);
  if (!isWanted || key.length !== 1 || target !== document.activeElement || !isTextEntry(target)) return;
  // The editing command inserts as typing does: at the caret, with events, undo and maxlength.
  document.execCommand('insertText', false, key);
}
