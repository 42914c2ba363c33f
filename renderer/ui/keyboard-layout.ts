import { createContext } from 'react';

/** What the keyboard before the user prints on its letter keys: `KeyZ` -> `y` in Germany. */
export type KeyboardLayout = ReadonlyMap<string, string>;

interface KeyboardNavigator {
  readonly keyboard?: { getLayoutMap?: () => Promise<KeyboardLayout> };
}

export const KeyboardLayoutContext = createContext<KeyboardLayout>(new Map());

/** Asks the browser for the layout; an empty map where it keeps that to itself. */
export async function readKeyboardLayout(): Promise<KeyboardLayout> {
  // `navigator.keyboard` is Chromium's alone and not in TypeScript's library.
  const { keyboard } = navigator as KeyboardNavigator;
  try {
    return (await keyboard?.getLayoutMap?.()) ?? new Map();
  } catch {
    // Refused (an insecure page, a frame): the letter's own name is printed.
    return new Map();
  }
}

/** The letter to print for a key's place. */
export function printedLetter(layout: KeyboardLayout, letter: string): string {
  return layout.get(`Key${letter}`)?.toUpperCase() ?? letter;
}
