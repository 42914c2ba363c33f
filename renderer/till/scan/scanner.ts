import {
  canTakeBack,
  holdKey,
  replayKey,
  restoreSnapshot,
  takeSnapshot,
  type FieldSnapshot,
  type HeldKey,
} from './held-keys.ts';
import {
  elapse,
  noScan,
  strike,
  type ScanAction,
  type ScanRules,
  type ScanState,
  type ScanStep,
} from './scan-machine.ts';

/** A timer that fires later than this was held up by something. */
const late_ms = 12;

export interface ScannerEvents {
  readonly onScan: (code: string) => void;
  /** A code came without its end: it is told, and nothing is sold. */
  readonly onCutOff: (code: string) => void;
}

interface InputScheduling {
  readonly scheduling?: { isInputPending?: () => boolean };
}

/** Whether keys are waiting that the page has not handled yet. Chromium tells; elsewhere the timer alone decides. */
function hasPendingInput(): boolean {
  // `navigator.scheduling` is Chromium's alone and not in TypeScript's library.
  return (navigator as InputScheduling).scheduling?.isInputPending?.() ?? false;
}

/**
 * Listens to a window's keys in the capture phase, before anything on the page: so it works from anywhere, also over a
 * dialog. Returns how to stop.
 */
export function listenForScans(window: Window, rules: ScanRules, events: ScannerEvents): () => void {
  const replayed = new WeakSet<Event>();
  let state: ScanState = noScan;
  /** The fields before the run of quick keys, and before the keys that a stall cut off from it. */
  let snapshots: { readonly run?: FieldSnapshot | undefined; readonly stalled?: FieldSnapshot | undefined } = {};
  let held: HeldKey[] = [];
  let timer: number | undefined;
  let wakeAt_ms = 0;
  let hasWaitedOn = false;

  const act = (action: ScanAction): void => {
    switch (action.type) {
      case 'replay': {
        const keys = held;
        held = [];
        for (const key of keys) replayKey(key, replayed);
        return;
      }
      case 'takeBack': {
        if (action.what === 'run') held = [];
        const snapshot = action.what === 'run' ? snapshots.run : snapshots.stalled;
        if (snapshot !== undefined) restoreSnapshot(snapshot);
        return;
      }
      case 'scan':
        events.onScan(action.code);
        return;
      case 'cutOff':
        events.onCutOff(action.code);
    }
  };

  const apply = (step: ScanStep): void => {
    state = step.state;
    window.clearTimeout(timer);
    timer = undefined;
    for (const action of step.actions) act(action);
    if (step.wakeAt_ms === undefined) return;
    // From now, not from the key's own time: a key that was handled late has its followers late as well.
    const patience_ms = step.wakeAt_ms - step.state.last_ms + 1;
    wakeAt_ms = window.performance.now() + patience_ms;
    hasWaitedOn = false;
    timer = window.setTimeout(onSilence, patience_ms);
  };

  const onSilence = (): void => {
    const now_ms = window.performance.now();
    // Keys that came in time may wait behind a long task, in the page or on their way to it: a timer that is late itself,
    // or that knows of keys, gives them one more turn. One, or a page that is always busy would keep a hand's key.
    const isHeldUp = now_ms - wakeAt_ms > late_ms || hasPendingInput();
    if (isHeldUp && !hasWaitedOn) {
      hasWaitedOn = true;
      timer = window.setTimeout(onSilence, rules.gap_ms);
    } else apply(elapse(state, now_ms, rules));
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (replayed.has(event) || event.isComposing) return;
    const focused = window.document.activeElement;
    const step = strike(
      state,
      {
        at_ms: event.timeStamp,
        code: event.code,
        key: event.key,
        hasShift: event.shiftKey,
        hasModifier: event.ctrlKey || event.altKey || event.metaKey,
        isRepeat: event.repeat,
        canTakeBack: canTakeBack(focused),
      },
      rules,
    );
    apply(step);
    // After `apply`, which may have given older keys back to this very field.
    if (step.mark !== undefined) {
      snapshots = { run: takeSnapshot(focused), stalled: step.mark === 'run' ? snapshots.run : undefined };
    }
    if (step.fate === 'pass') return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const key = step.fate === 'hold' ? holdKey(event) : undefined;
    if (key !== undefined) held.push(key);
  };

  window.addEventListener('keydown', onKeyDown, { capture: true });
  return () => {
    window.removeEventListener('keydown', onKeyDown, { capture: true });
    window.clearTimeout(timer);
  };
}
