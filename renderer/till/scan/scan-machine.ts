import { isGtin } from '../../../shared/product/gtin.ts';

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
   * A stall of the PC or the radio may be this long at any time once the burst is sure. What then ends in silence,
   * without its suffix, is a code that was cut off. One stall before that is mended where the check digit proves it.
   */
  readonly stall_ms: number;
  /** Shorter codes are a hand's. */
  readonly minimumLength: number;
  /** Longer ones are cut off: something is stuck. */
  readonly maximumLength: number;
  /** Whether a code proves itself by its check digit; tells a stalled scan from a hand that typed just before one. */
  readonly provesItself: (code: string) => boolean;
}

export const usualScanRules: ScanRules = {
  gap_ms: 35,
  stall_ms: 120,
  minimumLength: 4,
  maximumLength: 4096,
  provesItself: isGtin,
};

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
  /**
   * It is a scanner: put the field back as it was before the run of quick keys and drop those that are held, or, with
   * `stalled`, as it was before the keys that a stall had cut off from the run.
   */
  | { readonly type: 'takeBack'; readonly what: 'run' | 'stalled' }
  | { readonly type: 'scan'; readonly code: string }
  /** A burst without an end; nothing of it may be sold. */
  | { readonly type: 'cutOff'; readonly code: string };

export interface ScanState {
  /** What the burst reads so far, `run` at its end. */
  readonly text: string;
  /** How many characters at the end came quickly, one after the other. */
  readonly run: number;
  readonly last_ms: number;
  /** The quick keys so far were given back to where they were going, as silence followed them. */
  readonly isReleased: boolean;
  /** The burst is sure; what it typed is taken back already. */
  readonly isScan: boolean;
}

export const noScan: ScanState = { text: '', run: 0, last_ms: 0, isReleased: false, isScan: false };

export interface ScanStep {
  readonly state: ScanState;
  readonly fate: StrokeFate;
  /** To be done before the stroke's own fate. */
  readonly actions: readonly ScanAction[];
  /** When to call `elapse`, if no key comes before; on the clock of the events. */
  readonly wakeAt_ms: number | undefined;
  /**
   * Remember the focused field as it is now, before this key. `chain`: in place of what was remembered; `run`: beside
   * the field as it was before the run of keys just before this one.
   */
  readonly mark: 'chain' | 'run' | undefined;
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

/** What ending a burst here and now means. */
function finish(state: ScanState): readonly ScanAction[] {
  if (state.isScan) return [{ type: 'cutOff', code: state.text.slice(state.text.length - state.run) }];
  return state.text === '' || state.isReleased ? [] : [{ type: 'replay' }];
}

function stay(state: ScanState, rules: ScanRules): ScanStep {
  return { state, fate: 'pass', actions: [], wakeAt_ms: wake(state, rules), mark: undefined };
}

/** Nothing goes on any more; the stroke goes through. */
function stop(actions: readonly ScanAction[]): ScanStep {
  return { state: noScan, fate: 'pass', actions, wakeAt_ms: undefined, mark: undefined };
}

/** One keystroke. */
export function strike(before: ScanState, stroke: ScanStroke, rules: ScanRules): ScanStep {
  if (silentKeys.has(stroke.key)) return stay(before, rules);
  const isOver = before.text !== '' && stroke.at_ms - before.last_ms > rules.stall_ms;
  const ended = isOver ? finish(before) : [];
  const state = isOver ? noScan : before;
  if (state.text !== '' && isSuffix(stroke)) return end(state, ended, rules);
  const character = stroke.isRepeat ? undefined : scannedCharacter(stroke);
  // A chord or a space begins no code (space presses the focused button), but either may be inside one.
  const begins = character !== undefined && character !== ' ' && character !== groupSeparator;
  if (character === undefined || (state.text === '' && !begins)) return stop([...ended, ...finish(state)]);
  return grow(state, stroke, character, ended, rules);
}

/** The burst's suffix has come. */
function end(state: ScanState, ended: readonly ScanAction[], rules: ScanRules): ScanStep {
  if (!state.isScan) return stop([...ended, ...finish(state)]);
  const run = state.text.slice(state.text.length - state.run);
  const isMended = run !== state.text && !rules.provesItself(run) && rules.provesItself(state.text);
  const actions: readonly ScanAction[] = isMended
    ? [...ended, { type: 'takeBack', what: 'stalled' }, { type: 'scan', code: state.text }]
    : [...ended, { type: 'scan', code: run }];
  return { ...stop(actions), fate: 'swallow' };
}

/** One more character. */
function grow(
  state: ScanState,
  stroke: ScanStroke,
  character: string,
  ended: readonly ScanAction[],
  rules: ScanRules,
): ScanStep {
  const isQuick = state.isScan || (state.run > 0 && stroke.at_ms - state.last_ms <= rules.gap_ms);
  // A slower key may follow a stall: the run before it is kept in front, and what was before that goes.
  const kept = isQuick ? state.text : state.text.slice(state.text.length - state.run);
  const text = kept + character;
  const run = isQuick ? state.run + 1 : 1;
  if (text.length > rules.maximumLength) {
    return { ...stop([...ended, { type: 'cutOff', code: text }]), fate: 'swallow' };
  }
  const released = isQuick ? [] : finish(state);
  const isScan = run >= rules.minimumLength;
  const recognised: readonly ScanAction[] = isScan && !state.isScan ? [{ type: 'takeBack', what: 'run' }] : [];
  const next: ScanState = { text, run, last_ms: stroke.at_ms, isReleased: false, isScan };
  return {
    state: next,
    fate: isScan ? 'swallow' : run === 1 && stroke.canTakeBack ? 'pass' : 'hold',
    actions: [...ended, ...released, ...recognised],
    wakeAt_ms: wake(next, rules),
    mark: isQuick ? undefined : kept === '' ? 'chain' : 'run',
  };
}

function wake(state: ScanState, rules: ScanRules): number | undefined {
  if (state.isScan) return state.last_ms + rules.stall_ms;
  return state.text === '' || state.isReleased ? undefined : state.last_ms + rules.gap_ms;
}

/** Nothing came until now: a sure burst is cut off, keys that were held back are a hand's. */
export function elapse(state: ScanState, now_ms: number, rules: ScanRules): ScanStep {
  const wakeAt_ms = wake(state, rules);
  if (wakeAt_ms === undefined || now_ms <= wakeAt_ms) return stay(state, rules);
  if (state.isScan) return stop(finish(state));
  return { ...stay({ ...state, isReleased: true }, rules), actions: finish(state) };
}
