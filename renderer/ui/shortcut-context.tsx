import { createContext, use, useEffect, useEffectEvent, useMemo, useState, type ReactNode } from 'react';
import type { KeyAction } from './key-actions.ts';
import { useKeysOf } from './key-bindings-context.tsx';
import { focusKindOf, ShortcutRegistry, type KeyStroke, type ShortcutAction, type ShortcutLayer } from './shortcuts.ts';

interface ShortcutScope {
  readonly registry: ShortcutRegistry;
  readonly layer: ShortcutLayer;
}

const ShortcutContext = createContext<ShortcutScope | null>(null);

/**
 * Listens for the whole window's keys. It sits on the document, in the capture phase: after the scanner (which
 * listens on the window, so a scan's Enter never reaches a shortcut) and before every component.
 */
export function ShortcutProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const [registry] = useState(() => new ShortcutRegistry());
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return;
      if (!registry.handle(event, focusKindOf(document.activeElement))) return;
      event.preventDefault();
      event.stopPropagation();
    };
    document.addEventListener('keydown', onKeyDown, { capture: true });
    return () => document.removeEventListener('keydown', onKeyDown, { capture: true });
  }, [registry]);
  const scope = useMemo(() => ({ registry, layer: registry.base }), [registry]);
  return <ShortcutContext value={scope}>{children}</ShortcutContext>;
}

/** Puts its children's shortcuts above the page's for as long as it is mounted. Dialogs use it. */
export function ShortcutLayerScope({ children }: { readonly children: ReactNode }): ReactNode {
  const outer = use(ShortcutContext);
  const [scope, setScope] = useState<ShortcutScope | null>(null);
  useEffect(() => {
    if (outer === null) return undefined;
    const { layer, close } = outer.registry.openLayer();
    setScope({ registry: outer.registry, layer });
    return close;
  }, [outer]);
  return <ShortcutContext value={scope}>{children}</ShortcutContext>;
}

export type ShortcutOptions = Pick<ShortcutAction, 'inFields' | 'throughLayers' | 'repeats'>;

/**
 * Listens for an action's key while the component is mounted. Without an action, or when not enabled, nothing is bound.
 * Prefer a Button's `shortcut`, which prints the key as well.
 */
export function useShortcut(
  action: KeyAction | undefined,
  run: () => boolean | void,
  options: ShortcutOptions & { readonly isEnabled?: boolean | undefined } = {},
): void {
  const scope = use(ShortcutContext);
  const keys = useKeysOf(action);
  const runLatest = useEffectEvent(run);
  const { isEnabled = true, inFields, throughLayers, repeats } = options;
  useEffect(() => {
    if (scope === null || keys === undefined || !isEnabled) return undefined;
    return scope.registry.add(scope.layer, { keys, run: () => runLatest(), inFields, throughLayers, repeats });
  }, [scope, keys, isEnabled, inFields, throughLayers, repeats]);
}

/** Hears every stroke before any action does, while the component is mounted; `true` takes it away from them. */
export function useKeyRecorder(hear: (stroke: KeyStroke) => boolean): void {
  const scope = use(ShortcutContext);
  const hearLatest = useEffectEvent(hear);
  useEffect(() => scope?.registry.record((stroke) => hearLatest(stroke)), [scope]);
}
