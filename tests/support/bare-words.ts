import type { Page } from 'playwright-core';

/** Words in Latin letters that nothing keeps apart from the right-to-left text around them. */
export async function bareWords(page: Page): Promise<string[]> {
  return await page.evaluate(() => {
    const found: string[] = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode() !== null) {
      const { parentElement, textContent } = texts.currentNode;
      const apart = parentElement?.closest('bdi, [dir], script, [aria-hidden="true"]') ?? document.documentElement;
      // What i18next put in stands between the Unicode marks FSI and PDI; a sentence may hold a Latin word.
      const words = (textContent ?? '').replaceAll(/\u2068[^\u2069]*\u2069/g, '');
      if (apart === document.documentElement && /[A-Za-z]/.test(words) && !/\p{Script=Arabic}/u.test(words))
        found.push(words.trim());
    }
    return found;
  });
}
