/** Does to a page what the steps of a listed screen say, in the language that the page speaks. */
import type { Locator, Page } from 'playwright-core';
import type { Step } from '../../commands/screens/list.ts';
import type { Language } from '../../renderer/i18n/languages.ts';
import { createI18n } from '../../renderer/i18n/set-up.ts';

const pressed = ['button', 'tab', 'radio', 'checkbox'] as const;
const open = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]';

/** Words with a colon are a key of the catalogs. Throws for a key that no catalog has. */
function wordsOf(language: Language, words: string): string {
  if (!words.includes(':')) return words;
  const i18n = createI18n(language);
  if (!i18n.exists(words)) throw new Error(`no text ${words}`);
  return i18n.t(words, { defaultValue: words });
}

export async function goThrough(page: Page, language: Language, steps: readonly Step[]): Promise<void> {
  for (const step of steps) {
    const find = (words: string): string => wordsOf(language, words);
    if ('press' in step) await press(page, find(step.press));
    else if ('row' in step) await page.getByRole('row').nth(step.row).click();
    else if ('calendar' in step) await dayField(page, step.calendar).click();
    else if ('key' in step) await page.keyboard.press(step.key);
    else if ('take' in step) await takeFound(page, step.take, find('sell:found.label'));
    else if (step.into === undefined) await page.keyboard.insertText(step.type);
    else await page.getByLabel(find(step.into), { exact: true }).fill(step.type);
  }
}

/** What is called so, or what has these words in its name: a key or a value may stand beside them. */
async function press(page: Page, words: string): Promise<void> {
  const named = (exact: boolean): Locator =>
    pressed.map((role) => page.getByRole(role, { name: words, exact })).reduce((all, one) => all.or(one));
  await named(false).first().waitFor();
  const exactly = named(true);
  await ((await exactly.count()) > 0 ? exactly : named(false)).first().click();
}

/** The button in the frame of a field whose parts are typed one by one. */
function dayField(page: Page, nth: number): Locator {
  const fields = page.getByRole('group').filter({ has: page.getByRole('spinbutton') });
  return fields.nth(nth - 1).getByRole('button');
}

async function takeFound(page: Page, as: 'option' | 'button', list: string): Promise<void> {
  if (as === 'button') return await page.getByRole('list', { name: list }).getByRole('button').first().click();
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
}

/** What stands over the page and holds the focus: a dialog, a menu, the choices of a field. */
export function opened(page: Page): Locator {
  return page.locator(open);
}

/** Leaves whatever stands over the page, one after the other. */
export async function leaveDialogs(page: Page): Promise<void> {
  for (let left = await opened(page).count(); left > 0; left = await opened(page).count()) {
    await page.keyboard.press('Escape');
    await page.waitForFunction(([selector, before]) => document.querySelectorAll(selector).length < before, [
      open,
      left,
    ] as const);
  }
}
