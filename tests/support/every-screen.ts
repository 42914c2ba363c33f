/** Goes to the screens of a list one after the other, looks at each, and tells what is wrong with them. */
import type { Page } from 'playwright-core';
import { addressOf, type ListedScreen } from '../../commands/screens/list.ts';
import type { Language } from '../../renderer/i18n/languages.ts';
import { goThrough, leaveDialogs, opened } from './hands.ts';
import { isTurn, lookAt, type Size } from './looks.ts';

export interface Round<Stand extends string> {
  /** A page that speaks the language and stands as the screens of this round want it. */
  readonly page: Page;
  readonly screens: readonly ListedScreen<Stand>[];
  readonly stand: Stand;
  /** Of a screen that names none. */
  readonly usual: Stand;
  readonly language: Language;
  readonly sizes: readonly Size[];
  /** What addresses are about. */
  readonly parts: Readonly<Record<string, string>>;
}

/** The screens of a stand whose turn it is, each with its place in its list. */
export function turnsOf<Stand extends string>(of: Omit<Round<Stand>, 'page' | 'parts' | 'sizes'>) {
  const { language, screens, stand, usual } = of;
  return [...screens.entries()].filter(
    ([at, screen]) => (screen.stand ?? usual) === stand && isTurn(screen, at, language),
  );
}

export async function lookAtAll<Stand extends string>(
  round: Round<Stand>,
  /** Loads the page anew, for what has no address. */
  begin: (page: Page) => Promise<void>,
): Promise<object[]> {
  const { language, page, parts, sizes } = round;
  const wrong: object[] = [];
  const seen = new Map<string, string>();
  for (const [at, screen] of turnsOf(round)) {
    const { name } = screen;
    try {
      if (screen.address === '') await begin(page);
      else await goTo(page, addressOf(screen, parts));
      await settled(page, screen);
      await goThrough(page, language, screen.steps ?? []);
      if (screen.isDialog === true) await opened(page).first().waitFor();
      await settled(page, screen);
    } catch (error) {
      wrong.push({ name, language, notOpened: String(error) });
    }
    wrong.push(...(await lookAt(page, screen, { at, language, sizes })));
    if (screen.isDialog !== true) continue;
    // That it is the dialog which the list means: no other shows the same words.
    const words = (await opened(page).allInnerTexts()).join('\n');
    if (words === '') wrong.push({ name, language, closed: 'by itself' });
    else if (seen.has(words)) wrong.push({ name, language, same: seen.get(words) });
    seen.set(words, name);
    await leaveDialogs(page);
  }
  return wrong;
}

async function goTo(page: Page, address: string): Promise<void> {
  const hash = `#${address}`;
  if ((await page.evaluate(() => window.location.hash)) === hash) {
    // By way of another, so that nothing of what was looked at before stands there still.
    await page.evaluate(() => void (window.location.hash = '#/nowhere'));
    await page.evaluate(() => new Promise((painted) => requestAnimationFrame(painted)));
  }
  await page.evaluate((to) => void (window.location.hash = to), hash);
  await page.waitForFunction((to) => window.location.hash === to, hash);
}

async function settled(page: Page, { isAwaiting }: Pick<ListedScreen, 'isAwaiting'>): Promise<void> {
  await page.locator('h1').first().waitFor({ state: 'attached' });
  if (isAwaiting !== true) await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null);
}
