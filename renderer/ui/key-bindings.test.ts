import { describe, expect, it } from 'vitest';
import { en } from '../i18n/en/index.ts';
import { allKeyActions, keyPlaces, meet, rulesOf } from './key-actions.ts';
import {
  changeKey,
  clashesOf,
  keepKeys,
  keyOf,
  readStroke,
  refusalOf,
  rememberedKeys,
  swapKeys,
  type KeyChanges,
} from './key-bindings.ts';
import type { KeyStroke } from './shortcuts.ts';

function stroke(code: string, key = code, held: Partial<KeyStroke> = {}): KeyStroke {
  return { code, key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, repeat: false, ...held };
}

/** A device's storage, of which only what is used. */
function device(kept?: string) {
  const all = new Map(kept === undefined ? [] : [['evertill.keys', kept]]);
  return {
    getItem: (key: string) => all.get(key) ?? null,
    setItem: (key: string, value: string) => void all.set(key, value),
    removeItem: (key: string) => void all.delete(key),
    all,
  };
}

function clashes(changes: KeyChanges): string[] {
  return allKeyActions.flatMap((action) => {
    const keys = keyOf(changes, action);
    return keys === undefined ? [] : clashesOf(changes, action, keys).map((other) => `${keys}: ${action}, ${other}`);
  });
}

describe('the usual keys', () => {
  it('never mean two things on one screen', () => {
    expect(clashes({})).toEqual([]);
    expect(
      keyPlaces.filter((place) => !allKeyActions.some((action) => rulesOf(action).places.includes(place))),
    ).toEqual([]);
  });

  it('are the ones of the key map', () => {
    const usual = (
      ['more', 'find', 'editLine', 'discount', 'refund', 'split', 'card', 'cash', 'undo', 'lock'] as const
    ).map((action) => keyOf({}, action));
    expect(usual).toEqual(['F1', 'F2', 'F5', 'F6', 'F7', 'F8', 'F9', 'F10', 'Ctrl+Z', 'Ctrl+L']);
  });

  it('have a name for every action that is no screen', () => {
    const named = new Set<string>(Object.keys(en.keys.action));
    expect(allKeyActions.filter((action) => named.has(action) === action.startsWith('go'))).toEqual([]);
  });
});

describe('a key that is pressed', () => {
  it.each([
    [stroke('F9'), 'F9'],
    [stroke('F4', 'F4', { shiftKey: true }), 'Shift+F4'],
    [stroke('KeyB', 'ب', { ctrlKey: true }), 'Ctrl+B'],
    [stroke('KeyZ', 'y', { metaKey: true }), 'Ctrl+Z'],
    [stroke('Digit8', '*', { shiftKey: true }), '*'],
    [stroke('NumpadAdd', '+'), '+'],
    [stroke('Delete'), 'Delete'],
    [stroke('Enter'), 'Enter'],
  ])('is read by its place on the keyboard', (pressed, keys) => {
    expect(readStroke(pressed)).toEqual({ kind: 'keys', keys });
  });

  it.each([
    [stroke('Digit5', '5'), 'scanner'],
    [stroke('KeyQ', 'q'), 'scanner'],
    [stroke('Digit5', '٥'), 'scanner'],
    [stroke('NumpadEnter', 'Enter'), 'scanner'],
    [stroke('Tab'), 'scanner'],
    [stroke('Space', ' '), 'typing'],
    [stroke('Backspace'), 'typing'],
    [stroke('F9', 'F9', { altKey: true }), 'unknown'],
    [stroke('F5', 'F5', { ctrlKey: true }), 'unknown'],
    [stroke('KeyB', 'B', { ctrlKey: true, shiftKey: true }), 'unknown'],
    [stroke('PageUp'), 'unknown'],
  ])('is refused with its reason', (pressed, why) => {
    expect(readStroke(pressed)).toEqual({ kind: 'refused', why });
  });

  it('is waited for while only Ctrl or Shift is down', () => {
    expect(readStroke(stroke('ControlLeft', 'Control', { ctrlKey: true }))).toEqual({ kind: 'more' });
  });
});

describe('what an action may have', () => {
  it('is not what the scanner, the browser, fields or everybody needs', () => {
    expect(refusalOf('cash', 'Ctrl+M')).toBe('scanner');
    expect(refusalOf('cash', 'Ctrl+W')).toBe('browser');
    expect(refusalOf('cash', 'F12')).toBe('browser');
    expect(refusalOf('cash', 'Ctrl+V')).toBe('typing');
    expect(refusalOf('cash', '+')).toBe('typing');
    expect(refusalOf('cash', 'Escape')).toBe('same');
    expect(refusalOf('confirm', 'F3')).toBe('same');
    expect(refusalOf('cash', 'Shift+F9')).toBeUndefined();
  });

  it('is its usual key, whatever it is, and signs where the scan field listens for them', () => {
    expect(refusalOf('undo', 'Ctrl+Z')).toBeUndefined();
    expect(refusalOf('oneMore', '*')).toBeUndefined();
    for (const action of allKeyActions) {
      const { isFixed, usual } = rulesOf(action);
      if (usual !== null && isFixed !== true) expect(refusalOf(action, usual), action).toBeUndefined();
    }
  });
});

describe('a key that is taken', () => {
  it('is named by who has it where both are heard, and nowhere else', () => {
    expect(clashesOf({}, 'card', 'F10')).toEqual(['cash']);
    expect(clashesOf({}, 'save', 'F2')).toEqual([]);
    expect(clashesOf({}, 'more', 'F2')).toEqual(['find', 'exact', 'print', 'tryNow']);
    expect(meet('cash', 'cash')).toBe(false);
  });

  it('can be swapped', () => {
    const swapped = swapKeys({}, 'card', 'F10');
    expect(swapped).toEqual({ card: 'F10', cash: 'F9' });
    expect(clashes(swapped ?? {})).toEqual([]);
    expect(swapKeys(swapped ?? {}, 'card', 'F9')).toEqual({});
  });

  it('is left without one by an action that had none', () => {
    expect(swapKeys({}, 'goStock', 'F9')).toEqual({ goStock: 'F9', card: null });
  });

  it('stays where a swap would only move the clash', () => {
    // F2 would go to Cash, and Find would get F10, which gives back on the screen of refunds.
    expect(swapKeys({}, 'cash', 'F2')).toBeUndefined();
    // A sign can't be what Card is pressed by: the scan field would type it.
    expect(swapKeys({}, 'oneMore', 'F9')).toBeUndefined();
    expect(swapKeys({}, 'more', 'Escape')).toBeUndefined();
  });

  it('never leaves a clash behind, whatever is swapped with whatever', () => {
    for (const action of allKeyActions) {
      for (const other of allKeyActions) {
        const keys = keyOf({}, other);
        if (keys === undefined || refusalOf(action, keys) !== undefined) continue;
        expect(clashes(swapKeys({}, action, keys) ?? {}), `${action} ${keys}`).toEqual([]);
      }
    }
  });
});

describe('this device', () => {
  it('remembers what was changed, and nothing when all is as usual', () => {
    const storage = device();
    const changes = changeKey({}, 'cash', 'Shift+F1');
    keepKeys(storage, changes);
    expect(rememberedKeys(storage)).toEqual({ cash: 'Shift+F1' });
    keepKeys(storage, changeKey(changes, 'cash', 'F10'));
    expect(storage.all.size).toBe(0);
  });

  it.each([
    ['nonsense', '{'],
    ['a list', '[1]'],
    ['nothing', 'null'],
    ['an action that is no more', '{"park":"F4"}'],
    ['no key', '{"cash":"F13"}'],
    ['a key that is refused', '{"cash":"Ctrl+W"}'],
    ['a fixed action', '{"cancel":"F3"}'],
    ['a key of another', '{"cash":"F9"}'],
  ])('forgets %s', (_, kept) => {
    expect(rememberedKeys(device(kept))).toEqual({});
  });

  it('lets a kept key go that a newer usual key needs, and what hung on it', () => {
    // Cash kept Card's key, and Card the one of Refund: back to the usual keys, one after the other.
    expect(rememberedKeys(device('{"cash":"F9","card":"F7"}'))).toEqual({});
    expect(rememberedKeys(device('{"cash":"F9","card":"F10","goStock":"Shift+F2"}'))).toEqual({
      cash: 'F9',
      card: 'F10',
      goStock: 'Shift+F2',
    });
  });
});
