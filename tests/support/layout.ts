/** What can be measured of a screen, the same in every language. */
import type { Locator, Page } from 'playwright-core';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export async function speak(page: Page, language: string): Promise<void> {
  await page.evaluate((chosen) => localStorage.setItem('evertill.language', chosen), language);
  await page.reload();
}

/** Texts and buttons beneath an element that stand out of the window, or out of a box that hides what it has no room for. */
export function cutOff(page: Page, within: string): Promise<string[]> {
  return page.locator(within).evaluate((root) => {
    const cut: string[] = [];
    for (const element of root.querySelectorAll('*')) {
      const { bottom, height, left, right, width } = element.getBoundingClientRect();
      const { clipPath, overflowX, overflowY } = getComputedStyle(element);
      // Said to screen readers only.
      if (clipPath !== 'none' || width < 2 || height < 2) continue;
      const isCut =
        (overflowX === 'hidden' && element.scrollWidth > element.clientWidth + 1) ||
        (overflowY === 'hidden' && element.scrollHeight > element.clientHeight + 1);
      let scroller = element.parentElement;
      while (scroller !== null && !/auto|scroll/u.test(getComputedStyle(scroller).overflowY))
        scroller = scroller.parentElement;
      const isOut = scroller === null && (left < -1 || right > innerWidth + 1 || bottom > innerHeight + 1);
      if (isCut || isOut) cut.push(`${element.tagName} ${element.textContent.slice(0, 40)}`);
    }
    return cut;
  });
}

/**
 * Words that are cut, or stand out of the window, by themselves: in an element that hides what it has no room for, unless it
 * says so with an ellipsis after its last line, or out of every list that scrolls.
 */
export function cutWords(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const cut = new Set<string>();
    const root = document.documentElement;
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode() !== null) {
      const { parentElement: element, textContent } = texts.currentNode;
      const words = (textContent ?? '').trim();
      if (element === null || words === '' || element.closest('script, [aria-hidden="true"]') !== null) continue;
      const { height, width } = element.getBoundingClientRect();
      const style = getComputedStyle(element);
      // Said to screen readers only.
      if (width < 2 || height < 2 || element.closest('[class*="hidden"]') !== null) continue;
      const range = document.createRange();
      range.selectNodeContents(texts.currentNode);
      const { bottom, left, right } = range.getBoundingClientRect();
      const hides = style.overflowX === 'hidden' || style.overflowX === 'clip';
      const isCut = hides && style.webkitLineClamp === 'none' && element.scrollWidth > element.clientWidth + 1;
      let outer: Element | null = element;
      while (outer !== null && getComputedStyle(outer).overflowY === 'visible') outer = outer.parentElement;
      // The console's pages scroll as a whole; a till's never do.
      const end = root.dataset['app'] === 'till' ? innerHeight : root.scrollHeight;
      const isOut = left < -1 || right > innerWidth + 1 || (outer === null && bottom > end + 1);
      if (isCut || isOut) cut.add(words.slice(0, 40));
    }
    return [...cut];
  });
}

/** Where the figures of a column end: one number when their last digits stand on one edge. */
export async function rightEdges(figures: Locator): Promise<number[]> {
  const edges = await figures.evaluateAll((all) =>
    all.map((one) => {
      const text = document.createRange();
      text.selectNodeContents(one);
      return Math.round(text.getBoundingClientRect().right);
    }),
  );
  return [...new Set(edges)];
}

/** What stands out of the boxes that it belongs into, by its words. */
export async function runningOut(boxes: Locator): Promise<string[]> {
  return boxes.evaluateAll((all) =>
    all.flatMap((box) => {
      const { bottom, left, right, top } = box.getBoundingClientRect();
      return [...box.querySelectorAll('*')].flatMap((part) => {
        const is = part.getBoundingClientRect();
        const isOut = is.left < left - 1 || is.right > right + 1 || is.top < top - 1 || is.bottom > bottom + 1;
        return isOut && getComputedStyle(part).clipPath === 'none' ? [part.textContent.slice(0, 60)] : [];
      });
    }),
  );
}

/** Texts smaller than anybody can read at a till. */
export function tooSmall(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const small: string[] = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode() !== null) {
      const { parentElement, textContent } = texts.currentNode;
      if (parentElement === null || (textContent ?? '').trim() === '' || parentElement.closest('script, svg') !== null)
        continue;
      const size_px = Number.parseFloat(getComputedStyle(parentElement).fontSize);
      if (size_px < 13) small.push(`${size_px} px: ${(textContent ?? '').trim()}`);
    }
    return small;
  });
}

/** Lists and tables that have to be scrolled sideways to see all of a row, by their words; and what is out of the window. */
export function outOfSight(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('body *')].flatMap((element) => {
      const { clipPath, overflowX } = getComputedStyle(element);
      const { left, right, width } = element.getBoundingClientRect();
      const isScrolled = /auto|scroll/u.test(overflowX) && element.scrollWidth > element.clientWidth + 1;
      const isHidden = clipPath !== 'none' || width < 2 || element.closest('[aria-hidden="true"]') !== null;
      const isOut = !isHidden && (left < -1 || right > innerWidth + 1);
      return isScrolled || isOut ? [`${element.tagName} ${element.textContent.slice(0, 40)}`] : [];
    }),
  );
}

export function areApart(one: Box | null, other: Box | null): boolean {
  if (one === null || other === null) return true;
  const isBeside = one.x + one.width <= other.x + 1 || other.x + other.width <= one.x + 1;
  const isAbove = one.y + one.height <= other.y + 1 || other.y + other.height <= one.y + 1;
  return isBeside || isAbove;
}
