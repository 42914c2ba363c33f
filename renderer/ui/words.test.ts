import { describe, expect, it } from 'vitest';
import { figuresOf } from './amount-text.tsx';
import { initialsOf } from './avatar.tsx';
import { keepUnits } from './keep-units.ts';
import { applyAppearance, rememberedAppearance } from './theme.ts';

describe('a name', () => {
  it('keeps a number and its unit together', () => {
    expect(keepUnits('Ceramic mug, ocean blue, 350 ml')).toBe('Ceramic mug, ocean blue, 350\u00a0ml');
    expect(keepUnits('ماء ينابيع، زجاج 0.75 ل')).toBe('ماء ينابيع، زجاج 0.75\u00a0ل');
    expect(keepUnits('Tide tables 2027 Harbour edition')).toBe('Tide tables 2027 Harbour edition');
  });

  it('has initials, one only where two would join', () => {
    expect(initialsOf('Jonas M.')).toBe('JM');
    expect(initialsOf('Anna Maria de Vries')).toBe('AV');
    expect(initialsOf('Priya')).toBe('P');
    expect(initialsOf('سارة ع.')).toBe('س');
    expect(initialsOf('')).toBe('');
  });
});

describe('an amount', () => {
  it('is as wide as its figures, letters of a currency and points being half of one', () => {
    expect(figuresOf('£39.85')).toBe(6);
    expect(figuresOf('\u200f10.743\u00a0د.ك.\u200f')).toBe(8);
    expect(figuresOf('')).toBe(1);
  });
});

describe('the appearance', () => {
  const kept = (value: string | null) => ({ getItem: () => value });

  it('is what the device remembers, and the usual one where that is nonsense', () => {
    const usual = { theme: 'system', hasHighContrast: false, hasKeyCaps: true };
    expect(rememberedAppearance(kept(null))).toEqual(usual);
    expect(rememberedAppearance(kept('{"theme":"mauve","hasKeyCaps":"no"}'))).toEqual(usual);
    expect(rememberedAppearance(kept('{'))).toEqual(usual);
    expect(rememberedAppearance(kept('null'))).toEqual(usual);
    expect(rememberedAppearance(kept('{"theme":"dark","hasHighContrast":true,"hasKeyCaps":false}'))).toEqual({
      theme: 'dark',
      hasHighContrast: true,
      hasKeyCaps: false,
    });
  });

  it('leaves no attribute behind when it goes back to the usual', () => {
    const attributes = new Map<string, string>();
    // Of an element, only what is used.
    const root = {
      setAttribute: (name: string, value: string) => attributes.set(name, value),
      removeAttribute: (name: string) => attributes.delete(name),
    } as unknown as HTMLElement;
    applyAppearance({ theme: 'dark', hasHighContrast: true, hasKeyCaps: false }, root);
    expect([...attributes.keys()]).toEqual(['data-theme', 'data-contrast', 'data-keycaps']);
    applyAppearance({ theme: 'system', hasHighContrast: false, hasKeyCaps: true }, root);
    expect([...attributes.keys()]).toEqual([]);
  });
});
