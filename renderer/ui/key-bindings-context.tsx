import { createContext, use, useCallback, useEffect, useMemo, useState, type ReactNode } from 'react';
import type { KeyAction } from './key-actions.ts';
import { isOfKeys, keepKeys, keyOf, rememberedKeys, type KeyChanges } from './key-bindings.ts';
import type { ShortcutKeys } from './shortcuts.ts';

export interface KeyBindings {
  readonly changes: KeyChanges;
  /** Holds at once, in every window of this device, and after its next start. */
  change(changes: KeyChanges): void;
}

const KeyBindingsContext = createContext<KeyBindings | null>(null);

/** Gives the screens beneath it the keys of this device. */
export function KeyBindingsProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const [changes, setChanges] = useState<KeyChanges>(() => rememberedKeys(localStorage));
  useEffect(() => {
    const onStorage = (event: StorageEvent): void => {
      if (isOfKeys(event)) setChanges(rememberedKeys(localStorage));
    };
    window.addEventListener('storage', onStorage);
    return () => window.removeEventListener('storage', onStorage);
  }, []);
  const change = useCallback((next: KeyChanges): void => {
    keepKeys(localStorage, next);
    setChanges(next);
  }, []);
  const bindings = useMemo(() => ({ changes, change }), [changes, change]);
  return <KeyBindingsContext value={bindings}>{children}</KeyBindingsContext>;
}

/** The keys of this device, to show and to change them. */
export function useKeyBindings(): KeyBindings {
  const bindings = use(KeyBindingsContext);
  if (bindings === null) throw new Error('keys need a KeyBindingsProvider above them');
  return bindings;
}

/** The key of an action on this device; undefined where it has none, or there is no action. */
export function useKeysOf(action: KeyAction | undefined): ShortcutKeys | undefined {
  const { changes } = useKeyBindings();
  return action === undefined ? undefined : keyOf(changes, action);
}
