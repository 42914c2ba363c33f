/**
 * The looks in which every listed screen is seen: each language, each size of a window, each theme. `npm test` sees each
 * screen in one of them, the looks taking turns; `EVERTILL_LOOKS=all` in all of them, with pictures in the folder that
 * `EVERTILL_PICTURES` names.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { ListedScreen } from '../../commands/screens/list.ts';
import { type Language, languages } from '../../renderer/i18n/languages.ts';
import { atRest } from './at-rest.ts';
import { faults } from './faults.ts';
import { cutWords, outOfSight } from './layout.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

const themes = [
  { theme: 'light', contrast: null },
  { theme: 'dark', contrast: null },
  { theme: 'light', contrast: 'more' },
  { theme: 'dark', contrast: 'more' },
] as const;
const isAll = process.env['EVERTILL_LOOKS'] === 'all';
const pictures = process.env['EVERTILL_PICTURES'];
/** Looks only at screens with these words in their name. */
const only = process.env['EVERTILL_SCREENS'];

/** The languages that one test goes through: all that there are, or, where each screen is seen in every look, one at a time. */
export const languageSets: readonly (readonly [readonly Language[]])[] = isAll
  ? languages.map((language) => [[language]] as const)
  : [[languages]];

/** Whether a screen is seen in a language, by its place in its list. */
export function isTurn({ name }: ListedScreen, at: number, language: Language): boolean {
  if (only !== undefined) return name.includes(only);
  return isAll || at % languages.length === languages.indexOf(language);
}

/** What is wrong with what a page shows now, in the looks whose turn it is. */
export async function lookAt(
  page: Page,
  screen: ListedScreen,
  { at, language, sizes }: { readonly at: number; readonly language: Language; readonly sizes: readonly Size[] },
): Promise<object[]> {
  const wrong: object[] = [];
  // Three languages by three sizes by four themes: over the list every pair of them comes.
  const turn = Math.trunc(at / languages.length) + languages.indexOf(language);
  const { name } = screen;
  for (const [nth, size] of sizes.entries()) {
    if (!isAll && nth !== turn % sizes.length) continue;
    await page.setViewportSize(size);
    // What floats finds its place in the frames after, and a dialog that fades in is not there yet for anybody.
    await page.evaluate(async () => {
      for (let n = 0; n < 3; n += 1) await new Promise((painted) => requestAnimationFrame(painted));
    });
    await atRest(page);
    const look = { name, language, width: size.width };
    for (const words of [...(await cutWords(page)), ...(await outOfSight(page))]) wrong.push({ ...look, words });
    if (pictures !== undefined) await photograph(page, pictures, `${name} ${language} ${size.width}`);
  }
  for (const [nth, theme] of themes.entries()) {
    if (!isAll && nth !== at % themes.length) continue;
    await wear(page, theme);
    for (const fault of await faults(page, screen)) wrong.push({ name, language, ...theme, fault });
    if (pictures !== undefined)
      await photograph(page, pictures, `${name} ${language} ${theme.theme} ${theme.contrast}`);
  }
  return wrong;
}

async function photograph(page: Page, folder: string, name: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name.replaceAll(' ', '-')}.png`) });
}

async function wear(page: Page, look: (typeof themes)[number]): Promise<void> {
  await page.evaluate(({ contrast, theme }) => {
    document.documentElement.setAttribute('data-theme', theme);
    if (contrast === null) document.documentElement.removeAttribute('data-contrast');
    else document.documentElement.setAttribute('data-contrast', contrast);
  }, look);
}
