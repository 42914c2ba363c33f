import { drawings, type SoundKind } from './drawing.ts';
import { gains, type SoundSettings } from './sound-settings.ts';

/** A note begins and ends within this, so that it never clicks. */
const edge_s = 0.004;

export interface SoundPlayer {
  /** To be called in a key's or a pointer's event: no browser lets a page sound before somebody touched it. */
  unlock(): void;
  /** Sounds at once, or never: a late sound would be taken for the next scan's. What sounded before stops. */
  play(kind: SoundKind, settings: SoundSettings): void;
}

/** Plays what is drawn. `createContext` may throw where there is no sound. */
export function createSoundPlayer(createContext: () => AudioContext): SoundPlayer {
  let context: AudioContext | undefined;
  let isWithout = false;
  let sounding: OscillatorNode[] = [];

  const wake = (): void => {
    // Refused or without a device: there is nothing to be done about it, and the notice on the screen says the same.
    void context?.resume().catch(() => undefined);
  };

  return {
    unlock: () => {
      if (isWithout) return;
      try {
        context ??= createContext();
      } catch {
        // A PC without any sound: never tried again.
        isWithout = true;
        return;
      }
      if (context.state !== 'running') wake();
    },
    play: (kind, { isOn, volume }) => {
      if (!isOn || context === undefined) return;
      if (context.state !== 'running') return wake();
      const on = context;
      for (const one of sounding) one.stop();
      const now_s = on.currentTime;
      sounding = drawings[kind].map(({ at_ms, length_ms, pitch_hz, wave }) => {
        const [begin_s, end_s] = [now_s + at_ms / 1000, now_s + (at_ms + length_ms) / 1000];
        return sound(on, { wave, pitch_hz, begin_s, end_s, gain: gains[volume] });
      });
    },
  };
}

interface Sounding {
  readonly wave: OscillatorType;
  readonly pitch_hz: number;
  readonly begin_s: number;
  readonly end_s: number;
  readonly gain: number;
}

function sound(context: AudioContext, { begin_s, end_s, gain, pitch_hz, wave }: Sounding): OscillatorNode {
  const oscillator = context.createOscillator();
  const level = context.createGain();
  oscillator.type = wave;
  oscillator.frequency.value = pitch_hz;
  level.gain.setValueAtTime(0, begin_s);
  level.gain.linearRampToValueAtTime(gain, begin_s + edge_s);
  level.gain.setValueAtTime(gain, end_s - edge_s);
  level.gain.linearRampToValueAtTime(0, end_s);
  oscillator.connect(level).connect(context.destination);
  oscillator.start(begin_s);
  oscillator.stop(end_s);
  return oscillator;
}
