import { describe, expect, it } from 'vitest';
import { drawings } from './drawing.ts';
import { createSoundPlayer } from './sound-player.ts';
import { keepSounds, rememberedSounds, type SoundSettings } from './sound-settings.ts';

const loud: SoundSettings = { isOn: true, volume: 'loud' };

interface Heard {
  readonly pitch_hz: number;
  readonly begin_s: number;
  readonly end_s: number;
  readonly gain: number;
}

/** Of an AudioContext, what the player uses; it keeps what would be heard. */
function fakeContext(state: AudioContextState = 'running') {
  const heard: Heard[] = [];
  const stopped: number[] = [];
  const context = {
    state,
    currentTime: 2,
    destination: {},
    resumed: 0,
    resume: async () => {
      context.resumed += 1;
      await Promise.reject(new Error('not allowed'));
    },
    createGain: () => {
      const gain = {
        peak: 0,
        setValueAtTime: () => undefined,
        linearRampToValueAtTime: (to: number): void => {
          gain.peak = Math.max(gain.peak, to);
        },
      };
      return { gain, connect: (to: unknown) => to };
    },
    createOscillator: () => {
      const frequency = { value: 0 };
      let begin_s = 0;
      let level: { gain: { peak: number } } | undefined;
      return {
        type: 'sine',
        frequency,
        connect: (to: { gain: { peak: number }; connect: (on: unknown) => unknown }) => {
          level = to;
          return to;
        },
        start: (when: number) => (begin_s = when),
        stop: (when?: number) => {
          if (when === undefined) stopped.push(frequency.value);
          else heard.push({ pitch_hz: frequency.value, begin_s, end_s: when, gain: level?.gain.peak ?? 0 });
        },
      };
    },
  };
  return { context, heard, stopped, create: () => context as unknown as AudioContext };
}

describe('the two sounds', () => {
  it('differ in pitch and in rhythm, and both are over before the next scan of a quick hand', () => {
    const [good, bad] = [drawings.good, drawings.bad];
    const lowestGood = Math.min(...good.map(({ pitch_hz }) => pitch_hz));
    expect(lowestGood).toBeGreaterThan(2 * Math.max(...bad.map(({ pitch_hz }) => pitch_hz)));
    expect(good.length).not.toBe(bad.length);
    const length = (notes: typeof good) => Math.max(...notes.map(({ at_ms, length_ms }) => at_ms + length_ms));
    expect(length(good)).toBeLessThan(200);
    expect(length(bad)).toBeLessThan(700);
  });
});

describe('a player', () => {
  it('sounds from now on, as loud as the device is set, and nothing when it is off', () => {
    const { create, heard } = fakeContext();
    const player = createSoundPlayer(create);
    player.unlock();
    player.play('good', { isOn: false, volume: 'loud' });
    expect(heard).toEqual([]);
    player.play('good', loud);
    expect(heard.map(({ pitch_hz }) => pitch_hz)).toEqual(drawings.good.map(({ pitch_hz }) => pitch_hz));
    expect(heard[0]?.begin_s).toBe(2);
    player.play('good', { isOn: true, volume: 'quiet' });
    expect(heard[2]?.gain).toBeLessThan((heard[0]?.gain ?? 0) / 4);
  });

  it('stops what still sounds when the next comes', () => {
    const { create, stopped } = fakeContext();
    const player = createSoundPlayer(create);
    player.unlock();
    player.play('bad', loud);
    player.play('good', loud);
    expect(stopped).toHaveLength(drawings.bad.length);
  });

  it('forgives in silence a page that was never touched, a browser that refuses, and a PC without sound', async () => {
    let made = 0;
    const untouched = createSoundPlayer(() => {
      made += 1;
      throw new Error('no device');
    });
    untouched.play('good', loud);
    expect(made).toBe(0);
    untouched.unlock();
    untouched.unlock();
    untouched.play('good', loud);
    expect(made).toBe(1);

    const { context, create, heard } = fakeContext('suspended');
    const refused = createSoundPlayer(create);
    refused.unlock();
    refused.play('bad', loud);
    await Promise.resolve();
    expect(context.resumed).toBe(2);
    // Never later, either: it would be taken for the next scan's.
    expect(heard).toEqual([]);
  });
});

describe('this device', () => {
  it('remembers how loud it is, and what can’t be read counts as usual', () => {
    const kept = new Map<string, string>();
    const storage = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    };
    expect(rememberedSounds(storage)).toEqual({ isOn: true, volume: 'normal' });
    keepSounds(storage, { isOn: false, volume: 'quiet' });
    expect(rememberedSounds(storage)).toEqual({ isOn: false, volume: 'quiet' });
    kept.set('evertill.sounds', '{"isOn":"yes"}');
    expect(rememberedSounds(storage)).toEqual({ isOn: true, volume: 'normal' });
  });
});
