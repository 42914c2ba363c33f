/** The sounds of the till, drawn as notes. */

export type SoundKind = 'good' | 'bad';

export interface Note {
  /** Hz. */
  readonly pitch_hz: number;
  /** After the beginning of the sound. */
  readonly at_ms: number;
  readonly length_ms: number;
  readonly wave: 'sine' | 'triangle' | 'square';
}

/**
 * Two that nobody can mix up, by pitch and by rhythm, also through a small speaker or with hearing that lost its heights:
 * what went well rises shortly, what did not is low, long and comes three times.
 */
export const drawings: Readonly<Record<SoundKind, readonly Note[]>> = {
  good: [
    { pitch_hz: 1175, at_ms: 0, length_ms: 55, wave: 'sine' },
    { pitch_hz: 1760, at_ms: 60, length_ms: 80, wave: 'sine' },
  ],
  bad: [
    { pitch_hz: 311, at_ms: 0, length_ms: 120, wave: 'triangle' },
    { pitch_hz: 311, at_ms: 170, length_ms: 120, wave: 'triangle' },
    { pitch_hz: 233, at_ms: 340, length_ms: 240, wave: 'triangle' },
  ],
};
