import { describe, expect, it } from 'vitest';
import { belongsToFocus, matchesShortcut, ShortcutRegistry, type KeyStroke } from './shortcuts.ts';

function stroke(code: string, more: Partial<KeyStroke> = {}): KeyStroke {
  return { code, key: code, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, repeat: false, ...more };
}

describe('a shortcut', () => {
  it('goes by the place of the key, so that every layout works', () => {
    expect(matchesShortcut('Ctrl+Z', stroke('KeyZ', { key: 'y', ctrlKey: true }))).toBe(true);
    expect(matchesShortcut('Ctrl+Z', stroke('KeyY', { key: 'z', ctrlKey: true }))).toBe(false);
    expect(matchesShortcut('Ctrl+A', stroke('KeyA', { key: 'ش', ctrlKey: true }))).toBe(true);
  });

  it('goes by the sign where it is a sign', () => {
    expect(matchesShortcut('*', stroke('Digit8', { key: '*', shiftKey: true }))).toBe(true);
    expect(matchesShortcut('*', stroke('NumpadMultiply', { key: '*' }))).toBe(true);
    expect(matchesShortcut('*', stroke('BracketRight', { key: '*', shiftKey: true }))).toBe(true);
    expect(matchesShortcut('+', stroke('Digit8', { key: '8' }))).toBe(false);
  });

  it('is not another one with a modifier more or less', () => {
    expect(matchesShortcut('F4', stroke('F4', { shiftKey: true }))).toBe(false);
    expect(matchesShortcut('Shift+F4', stroke('F4', { shiftKey: true }))).toBe(true);
    expect(matchesShortcut('Shift+F4', stroke('F4'))).toBe(false);
    expect(matchesShortcut('F4', stroke('F4', { altKey: true }))).toBe(false);
    expect(matchesShortcut('Ctrl+L', stroke('KeyL', { key: '@', ctrlKey: true, altKey: true }))).toBe(false);
    expect(matchesShortcut('Enter', stroke('NumpadEnter', { key: 'Enter' }))).toBe(true);
  });

  it('leaves a field what the field needs', () => {
    expect(belongsToFocus('Enter', 'filled-text')).toBe(true);
    expect(belongsToFocus('ArrowLeft', 'text')).toBe(true);
    expect(belongsToFocus('ArrowUp', 'text')).toBe(false);
    expect(belongsToFocus('Ctrl+Z', 'filled-text')).toBe(true);
    expect(belongsToFocus('Ctrl+Z', 'text')).toBe(false);
    expect(belongsToFocus('Ctrl+L', 'filled-text')).toBe(false);
    expect(belongsToFocus('F10', 'filled-text')).toBe(false);
    expect(belongsToFocus('Enter', 'control')).toBe(true);
    expect(belongsToFocus('Delete', 'control')).toBe(false);
    expect(belongsToFocus('Enter', 'chosen')).toBe(false);
    expect(belongsToFocus('ArrowUp', 'chosen')).toBe(true);
    expect(belongsToFocus('Enter', 'page')).toBe(false);
  });
});

describe('the registry', () => {
  it('runs the newest action of a key, and the older one again when that is gone', () => {
    const registry = new ShortcutRegistry();
    const log: string[] = [];
    registry.add(registry.base, { keys: 'F2', run: () => void log.push('first') });
    const remove = registry.add(registry.base, { keys: 'F2', run: () => void log.push('second') });
    expect(registry.handle(stroke('F2'), 'page')).toBe(true);
    remove();
    registry.handle(stroke('F2'), 'page');
    expect(log).toEqual(['second', 'first']);
    expect(registry.handle(stroke('F3'), 'page')).toBe(false);
  });

  it('is silent beneath a dialog, but for what goes through', () => {
    const registry = new ShortcutRegistry();
    const log: string[] = [];
    registry.add(registry.base, { keys: 'F10', run: () => void log.push('cash') });
    registry.add(registry.base, { keys: 'Ctrl+L', run: () => void log.push('lock'), throughLayers: true });
    const { close, layer } = registry.openLayer();
    registry.add(layer, { keys: 'Escape', run: () => void log.push('close') });
    expect(registry.handle(stroke('F10'), 'page')).toBe(false);
    registry.handle(stroke('KeyL', { ctrlKey: true }), 'filled-text');
    registry.handle(stroke('Escape'), 'filled-text');
    close();
    registry.handle(stroke('F10'), 'page');
    expect(log).toEqual(['lock', 'close', 'cash']);
  });

  it('takes Enter from a field where that was asked for, never from a focused button', () => {
    const registry = new ShortcutRegistry();
    let taken = 0;
    registry.add(registry.base, { keys: 'Enter', run: () => void (taken += 1), inFields: true });
    expect(registry.handle(stroke('Enter'), 'filled-text')).toBe(true);
    expect(registry.handle(stroke('Enter'), 'control')).toBe(false);
    expect(taken).toBe(1);
  });

  it('swallows the repeats of a key that is held, so that nothing is taken twice', () => {
    const registry = new ShortcutRegistry();
    let taken = 0;
    let moved = 0;
    registry.add(registry.base, { keys: 'F10', run: () => void (taken += 1) });
    registry.add(registry.base, { keys: 'ArrowDown', run: () => void (moved += 1), repeats: true });
    for (const repeat of [false, true, true]) {
      expect(registry.handle(stroke('F10', { repeat }), 'page')).toBe(true);
      expect(registry.handle(stroke('ArrowDown', { repeat }), 'page')).toBe(true);
    }
    expect([taken, moved]).toEqual([1, 3]);
  });

  it('lets a key go on when the action does not want it', () => {
    const registry = new ShortcutRegistry();
    registry.add(registry.base, { keys: 'Escape', run: () => false });
    expect(registry.handle(stroke('Escape'), 'page')).toBe(false);
  });
});
