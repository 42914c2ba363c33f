import { createContext, use, useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import type { SoundKind } from './drawing.ts';
import { createSoundPlayer } from './sound-player.ts';
import { keepSounds, rememberedSounds, type SoundSettings } from './sound-settings.ts';

export interface Sounds {
  readonly settings: SoundSettings;
  /** Holds at once, and after this device's next start. */
  change(settings: SoundSettings): void;
  play(kind: SoundKind): void;
}

const SoundContext = createContext<Sounds | null>(null);

/** Gives the screens beneath it the sounds of this device. */
export function SoundProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const [player] = useState(() => createSoundPlayer(() => new AudioContext({ latencyHint: 'interactive' })));
  const [settings, setSettings] = useState(() => rememberedSounds(localStorage));
  const now = useRef(settings);
  useEffect(() => {
    const touched = (): void => player.unlock();
    // Before the scanner, which keeps a scan's keys to itself: they are as good as a hand's.
    window.addEventListener('keydown', touched, { capture: true });
    window.addEventListener('pointerdown', touched, { capture: true });
    return () => {
      window.removeEventListener('keydown', touched, { capture: true });
      window.removeEventListener('pointerdown', touched, { capture: true });
    };
  }, [player]);
  const change = useCallback((next: SoundSettings): void => {
    keepSounds(localStorage, next);
    now.current = next;
    setSettings(next);
  }, []);
  const play = useCallback((kind: SoundKind): void => player.play(kind, now.current), [player]);
  const sounds = useMemo(() => ({ settings, change, play }), [settings, change, play]);
  return <SoundContext value={sounds}>{children}</SoundContext>;
}

export function useSounds(): Sounds {
  const sounds = use(SoundContext);
  if (sounds === null) throw new Error('sounds need a SoundProvider above them');
  return sounds;
}
