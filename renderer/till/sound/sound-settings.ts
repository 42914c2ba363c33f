/** How loud this device is. */
import { z } from 'zod';
import { readKept } from '../frame/kept.ts';

export const volumes = ['quiet', 'normal', 'loud'] as const;

const soundSettings = z.strictObject({ isOn: z.boolean(), volume: z.enum(volumes) });
export type SoundSettings = Readonly<z.infer<typeof soundSettings>>;

const storageKey = 'evertill.sounds';
const usual: SoundSettings = { isOn: true, volume: 'normal' };

/** What this device remembers; whatever can't be read counts as usual. */
export function rememberedSounds(storage: Pick<Storage, 'getItem'>): SoundSettings {
  return readKept(storage.getItem(storageKey), soundSettings) ?? usual;
}

export function keepSounds(storage: Pick<Storage, 'setItem'>, settings: SoundSettings): void {
  storage.setItem(storageKey, JSON.stringify(settings));
}

/** How far the waves go, of 1. */
export const gains: Readonly<Record<SoundSettings['volume'], number>> = { quiet: 0.08, normal: 0.25, loud: 0.7 };
