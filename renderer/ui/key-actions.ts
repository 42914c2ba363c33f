import type { ShortcutKeys } from './shortcuts.ts';

/**
 * Where an action is listened for. Actions of one place never share a key, and what is heard `everywhere` shares none with
 * any; the same key may mean another thing on another screen.
 */
export const keyPlaces = [
  'everywhere',
  'sell',
  'pay',
  'done',
  'lists',
  'refund',
  'shift',
  'count',
  'forms',
  'sync',
] as const;
export type KeyPlace = (typeof keyPlaces)[number];

interface KeyActionRules {
  readonly places: readonly KeyPlace[];
  /** The key that it has from the beginning; null for none. */
  readonly usual: ShortcutKeys | null;
  /** Means the same on every screen of every program, and is never changed. */
  readonly isFixed?: true;
  /** Listens in the empty scan field, so a sign or Delete may be its key. */
  readonly takesSigns?: true;
}

/** Everything that a key does, by name: the one place that knows which. What a key is on this device, `KeyBindings` knows. */
export const keyActions = {
  more: { places: ['everywhere'], usual: 'F1' },
  lock: { places: ['everywhere'], usual: 'Ctrl+L' },
  confirm: { places: ['everywhere'], usual: 'Enter', isFixed: true },
  cancel: { places: ['everywhere'], usual: 'Escape', isFixed: true },
  find: { places: ['sell', 'lists', 'refund'], usual: 'F2' },
  quantity: { places: ['sell'], usual: '*', takesSigns: true },
  editLine: { places: ['sell'], usual: 'F5' },
  discount: { places: ['sell'], usual: 'F6' },
  lineUp: { places: ['sell'], usual: 'ArrowUp', isFixed: true },
  lineDown: { places: ['sell'], usual: 'ArrowDown', isFixed: true },
  oneMore: { places: ['sell'], usual: '+', takesSigns: true },
  oneLess: { places: ['sell'], usual: '-', takesSigns: true },
  removeLine: { places: ['sell'], usual: 'Delete', takesSigns: true },
  undo: { places: ['sell'], usual: 'Ctrl+Z' },
  refund: { places: ['sell', 'lists'], usual: 'F7' },
  split: { places: ['sell'], usual: 'F8' },
  card: { places: ['sell', 'pay'], usual: 'F9' },
  cash: { places: ['sell', 'pay'], usual: 'F10' },
  exact: { places: ['pay'], usual: 'F2' },
  quick1: { places: ['pay'], usual: 'F3' },
  quick2: { places: ['pay'], usual: 'F4' },
  quick3: { places: ['pay'], usual: 'F5' },
  quick4: { places: ['pay'], usual: 'F6' },
  print: { places: ['done', 'shift'], usual: 'F2' },
  noReceipt: { places: ['done'], usual: 'F4' },
  takeAll: { places: ['refund'], usual: 'Ctrl+A' },
  giveBack: { places: ['refund'], usual: 'F10' },
  closeShift: { places: ['shift'], usual: 'F8' },
  confirmCount: { places: ['count'], usual: 'F10' },
  finishClose: { places: ['count'], usual: 'F8' },
  save: { places: ['forms'], usual: 'F10' },
  tryNow: { places: ['sync'], usual: 'F2' },
  // The till's screens have no key until somebody gives them one.
  goSell: { places: ['everywhere'], usual: null },
  goSales: { places: ['everywhere'], usual: null },
  goRefundFree: { places: ['everywhere'], usual: null },
  goReport: { places: ['everywhere'], usual: null },
  goPayIn: { places: ['everywhere'], usual: null },
  goPayOut: { places: ['everywhere'], usual: null },
  goClose: { places: ['everywhere'], usual: null },
  goClosings: { places: ['everywhere'], usual: null },
  goProducts: { places: ['everywhere'], usual: null },
  goStock: { places: ['everywhere'], usual: null },
  goStockTake: { places: ['everywhere'], usual: null },
  goCategories: { places: ['everywhere'], usual: null },
  goStaff: { places: ['everywhere'], usual: null },
  goSync: { places: ['everywhere'], usual: null },
  goSettings: { places: ['everywhere'], usual: null },
  goSupport: { places: ['everywhere'], usual: null },
} as const satisfies Record<string, KeyActionRules>;

/** Something that a key does. */
export type KeyAction = keyof typeof keyActions;

/** Every action, in the order in which they are listed. */
// The keys of a literal object are its own, so nothing else can be among them.
export const allKeyActions = Object.keys(keyActions) as KeyAction[];

export function rulesOf(action: KeyAction): KeyActionRules {
  return keyActions[action];
}

/** Whether a screen may listen for both at once, so that they can't have one key. */
export function meet(one: KeyAction, other: KeyAction): boolean {
  if (one === other) return false;
  const [here, there] = [rulesOf(one).places, rulesOf(other).places];
  return here.includes('everywhere') || there.includes('everywhere') || here.some((place) => there.includes(place));
}
