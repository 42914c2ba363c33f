/** How the screens look on this device. `system` follows the operating system. */
export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

export interface Appearance {
  readonly theme: Theme;
  /** Asked for here, beside what the operating system asks for. */
  readonly hasHighContrast: boolean;
  /** Off where there is no keyboard, even if the browser can't tell. */
  readonly hasKeyCaps: boolean;
}

const storageKey = 'evertill.appearance';
const usual: Appearance = { theme: 'system', hasHighContrast: false, hasKeyCaps: true };

/** What this device remembers; whatever can't be read counts as usual. */
export function rememberedAppearance(storage: Pick<Storage, 'getItem'>): Appearance {
  let kept: unknown;
  try {
    kept = JSON.parse(storage.getItem(storageKey) ?? '{}');
  } catch {
    return usual;
  }
  if (typeof kept !== 'object' || kept === null) return usual;
  const theme = 'theme' in kept ? themes.find((one) => one === kept.theme) : undefined;
  return {
    theme: theme ?? usual.theme,
    hasHighContrast: 'hasHighContrast' in kept && kept.hasHighContrast === true,
    hasKeyCaps: !('hasKeyCaps' in kept && kept.hasKeyCaps === false),
  };
}

/** Puts the appearance on the root element, where the tokens look for it. */
export function applyAppearance(appearance: Appearance, root: HTMLElement): void {
  const set = (name: string, value: string | null): void => {
    if (value === null) root.removeAttribute(name);
    else root.setAttribute(name, value);
  };
  set('data-theme', appearance.theme === 'system' ? null : appearance.theme);
  set('data-contrast', appearance.hasHighContrast ? 'more' : null);
  set('data-keycaps', appearance.hasKeyCaps ? null : 'off');
}

/** Changes the appearance now and on this device's next start. */
export function changeAppearance(appearance: Appearance): void {
  localStorage.setItem(storageKey, JSON.stringify(appearance));
  applyAppearance(appearance, document.documentElement);
}

/** What a page does before it draws anything, so that it never flashes in the other theme. */
export function startAppearance(): Appearance {
  const appearance = rememberedAppearance(localStorage);
  applyAppearance(appearance, document.documentElement);
  return appearance;
}
