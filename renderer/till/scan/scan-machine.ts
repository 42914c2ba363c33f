/**
 * Tells a scanner from a hand by timing alone, as a pure state machine: keystrokes with their times in, actions out.
 *
 * A scanner types its code within milliseconds and ends it with Enter or Tab. The first key of a burst can't be told
 * from a hand's, so there are two ways with it: where it would land in a field that may show it for a moment, it goes
 * through and is taken back when the burst is recognised; anywhere else (a money field, a button, the page) it is held
 * back for the few milliseconds that it takes to know. Every further quick key is held back, and given back in order
 * when it turns out to have been a hand after all.
 */

export interface ScanRules {
  /** Keys that follow one another faster than this belong together. At least 35. */
  readonly gap_ms: number;
  /**
   * Once a burst is long enough to be sure, a stall of the PC or the radio may be this long. What ends in silence
   * without its suffix is a code that was cut off.
   */
  readonly stall_ms: number;
  /** Shorter codes are a hand's. */
  readonly minimumLength: number;
  /** Longer ones are cut off: something is stuck. */
  readonly maximumLength: number;
}

export const usualScanRules: ScanRules = { gap_ms: 35, stall_ms: 120, minimumLength: 4, maximumLength: 4096 };

/** One keydown, in what the machine needs of it. */
export interface ScanStroke {
  /** In ms on the clock of the events (`event.timeStamp`), not the moment of handling: a busy page handles late. */
  readonly at_ms: number;
  readonly code: string;
  readonly key: string;
  readonly hasShift: boolean;
  /** Ctrl, Alt or Meta. */
  readonly hasModifier: boolean;
  /** Held down: never a scanner. */
  readonly isRepeat: boolean;
  /** The focused field may show a first character for a moment and give it back. */
  readonly canTakeBack: boolean;
}

/** What to do with the keystroke that was just seen. */
export type StrokeFate = 'pass' | 'hold' | 'swallow';

export type ScanAction =
  /** Give the held keystrokes to where they were going, in order: they were a hand's. */
  | { readonly type: 'replay' }
  /** Restore the field as it was before the first key, and drop the held keystrokes: it is a scanner. */
  | { readonly type: 'takeBack' }
  | { readonly type: 'scan'; readonly code: string }
  /** A burst without an end; nothing of it may be sold. */
  | { readonly type: 'cutOff'; readonly code: string };

export interface ScanState {
  /** What the burst reads so far. */
  readonly text: string;
  readonly last_ms: number;
  /** The burst is sure; its first key is taken back already. */
  readonly isScan: boolean;
}

export const noScan: ScanState = { text: '', last_ms: 0, isScan: false };

export interface ScanStep {
  readonly state: ScanState;
  readonly fate: StrokeFate;
  /** To be done before the stroke's own fate. */
  readonly actions: readonly ScanAction[];
  /** When to call `elapse`, if no key comes before; on the clock of the events. */
  readonly wakeAt_ms: number | undefined;
}

const digitCode = /^(?:Digit|Numpad)(\d)$/u;
/** Keys that only change what another key means; they neither belong to a burst nor end it. */
const silentKeys = new Set(['Shift', 'CapsLock', 'NumLock', 'Control', 'Alt', 'AltGraph', 'Meta']);
/** The separator of GS1 element strings, which scanners type as Ctrl and the key of `]`. */
const groupSeparator = '\u001d';

/**
 * The character that a scanner meant. Digits go by the key's place: on a French layout the same place is `&`. With Shift
 * the layout's own sign counts, as scanners set up for that layout hold Shift for a digit.
 */
export function scannedCharacter(stroke: ScanStroke): string | undefined {
  const digit = digitCode.exec(stroke.code)?.[1];
  if (stroke.hasModifier) return stroke.code === 'BracketRight' ? groupSeparator : undefined;
  if (digit !== undefined && !stroke.hasShift) return stroke.key.length === 1 ? digit : undefined;
  return stroke.key.length === 1 ? stroke.key : undefined;
}

function isSuffix(stroke: ScanStroke): boolean {
  return !stroke.hasModifier && ['Enter', 'NumpadEnter', 'Tab'].includes(stroke.code);
}

/** How long the burst may be silent before it is over. */
function patience(state: ScanState, rules: ScanRules): number {
  return state.isScan ? rules.stall_ms : rules.gap_ms;
}

/** What ending a burst here and now means. */
function finish(state: ScanState): readonly ScanAction[] {
  if (state.text === '') return [];
  return state.isScan ? [{ type: 'cutOff', code: state.text }] : [{ type: 'replay' }];
}

/** One keystroke. */
export function strike(before: ScanState, stroke: ScanStroke, rules: ScanRules): ScanStep {
  if (silentKeys.has(stroke.key)) {
    return { state: before, fate: 'pass', actions: [], wakeAt_ms: wake(before, rules) };
  }
  const isLate = before.text !== '' && stroke.at_ms - before.last_ms > patience(before, rules);
  const ended = isLate ? finish(before) : [];
  const state = isLate ? noScan : before;
  if (state.text !== '' && isSuffix(stroke)) return end(state, ended);
  const character = stroke.isRepeat ? undefined : scannedCharacter(stroke);
  // A chord or a space begins no code (space presses the focused button), but either may be inside one.
  const begins = character !== undefined && character !== ' ' && character !== groupSeparator;
  if (character === undefined || (state.text === '' && !begins)) {
    return { state: noScan, fate: 'pass', actions: [...ended, ...finish(state)], wakeAt_ms: undefined };
  }
  return grow(state, stroke, character, ended, rules);
}

/** The burst's suffix has come. */
function end(state: ScanState, ended: readonly ScanAction[]): ScanStep {
  if (!state.isScan)
    return { state: noScan, fate: 'pass', actions: [...ended, { type: 'replay' }], wakeAt_ms: undefined };
  const actions: ScanAction[] = [...ended, { type: 'scan', code: state.text }];
  return { state: noScan, fate: 'swallow', actions, wakeAt_ms: undefined };
}

/** One more character. */
function grow(
  state: ScanState,
  stroke: ScanStroke,
  character: string,
  ended: readonly ScanAction[],
  rules: ScanRules,
): ScanStep {
  const text = state.text + character;
  if (text.length > rules.maximumLength) {
    return {
      state: noScan,
      fate: 'swallow',
      actions: [...ended, { type: 'cutOff', code: text }],
      wakeAt_ms: undefined,
    };
  }
  const isScan = text.length >= rules.minimumLength;
  const isRecognised = isScan && !state.isScan;
  const next: ScanState = { text, last_ms: stroke.at_ms, isScan };
  const isFirst = state.text === '';
  const fate: StrokeFate = isScan ? 'swallow' : isFirst && stroke.canTakeBack ? 'pass' : 'hold';
  const actions: ScanAction[] = isRecognised ? [...ended, { type: 'takeBack' }] : [...ended];
  return { state: next, fate, actions, wakeAt_ms: wake(next, rules) };
}

function wake(state: ScanState, rules: ScanRules): number | undefined {
  return state.text === '' ? undefined : state.last_ms + patience(state, rules);
}

/** Nothing came until now. A burst that is not over yet stays. */
export function elapse(state: ScanState, now_ms: number, rules: ScanRules): ScanStep {
  if (state.text === '' || now_ms - state.last_ms <= patience(state, rules)) {
    return { state, fate: 'pass', actions: [], wakeAt_ms: wake(state, rules) };
  }
  return { state: noScan, fate: 'pass', actions: finish(state), wakeAt_ms: undefined };
}
