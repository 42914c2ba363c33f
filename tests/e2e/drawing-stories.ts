/** What a scan has React draw again: in a long basket, little more than its line. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { z } from 'zod';
import {
  basketLines,
  eventually,
  manage,
  openDemo,
  scan,
  scanField,
  somethingToSell,
  type World,
} from './support/shop.ts';

const product = somethingToSell(0);
const other = somethingToSell(1);
const lines = 60;

export function drawingStories(world: () => World): void {
  it('draws the line that was scanned and the one that was spoken of before, at once and nothing else', async () => {
    const shop = await openDemo(world(), 'Elena Lindqvist');
    const { page } = shop;
    await manage(shop.till, async (tell) => {
      const { products } = z
        .object({ products: z.array(z.object({ product: z.string() })) })
        .parse(await tell('product.list', { text: other.name, include_inactive: false, offset: 0, limit: 1 }));
      for (let at = 0; at < lines; at += 1)
        await tell('basket.add_product', { product: products[0]?.product, quantity_milli: 1000, separate: true });
    });
    await page.addInitScript(watchDraws);
    await page.reload();
    await eventually(() => basketLines(page).last().getAttribute('aria-posinset')).toBe(String(lines));

    const typed = await drawsOf(page, async () => {
      await scanField(page).pressSequentially('b');
      await page.getByRole('listbox').waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('group', { name: 'Products' }).waitFor();
    });
    expect(typed.keys).toBe(0);

    const scanned = await drawsOf(page, async () => {
      await scan(page, product.barcode);
      await eventually(() => basketLines(page).last().getAttribute('aria-posinset')).toBe(String(lines + 1));
      await page.getByText('Added').waitFor();
    });
    expect(scanned.lines).toEqual([[String(lines), String(lines + 1)]]);
    expect(scanned.notices).toBe(0);
    expect(scanned.keys).toBe(0);
    expect(scanned.added).toBe(1);
    expect(scanned.removed).toBe(0);
    await shop.close();
  });
}

interface Draws {
  /** For each time that React drew lines of the basket: which, by their number. */
  readonly lines: readonly (readonly (string | null)[])[];
  /** How often the notice beside the scan field was drawn apart from any line. */
  readonly notices: number;
  /** Keys of the row beneath the tiles that were drawn. */
  readonly keys: number;
  /** Rows that came into the page and that went. */
  readonly added: number;
  readonly removed: number;
}

/** What was drawn while something was done, until the page has come to rest. */
async function drawsOf(page: Page, doing: () => Promise<void>): Promise<Draws> {
  // The init script put it there.
  await page.evaluate(() => (window as unknown as { begin: () => void }).begin());
  await doing();
  return await page.evaluate(async () => {
    await new Promise((resolve) => {
      requestAnimationFrame(() => setTimeout(resolve, 0));
    });
    return (window as unknown as { draws: Draws }).draws;
  });
}

/**
 * Runs in the page, before its scripts: hears from React of every draw, as its developer tools do, and notes what of the
 * basket was in it. A component that was drawn has its flag 1; what is beneath one that was left alone is the same object.
 */
function watchDraws(): void {
  interface Fiber {
    readonly tag: number;
    readonly flags: number;
    readonly alternate: Fiber | null;
    readonly child: Fiber | null;
    readonly sibling: Fiber | null;
    readonly stateNode: unknown;
  }
  const components = new Set([0, 1, 11, 14, 15]);
  const host = 5;
  const basket = 'ul[aria-label="Lines of the basket"]';
  let draws = { lines: [] as (string | null)[][], notices: 0, keys: 0, added: 0, removed: 0 };
  const onCommitFiberRoot = (_: number, { current }: { readonly current: Fiber }): void => {
    const drawn = new Set<Element>();
    const visit = (fiber: Fiber, inside: Element | undefined): void => {
      const isDrawn = fiber.alternate === null || (fiber.flags & 1) === 1;
      if (components.has(fiber.tag) && isDrawn && inside !== undefined) drawn.add(inside);
      if (fiber.alternate !== null && fiber.alternate.child === fiber.child) return;
      const within = fiber.tag === host && fiber.stateNode instanceof Element ? fiber.stateNode : inside;
      for (let child = fiber.child; child !== null; child = child.sibling) visit(child, within);
    };
    visit(current, undefined);
    const numbers = new Set<string | null>();
    for (const element of drawn) {
      const line = element.closest(`${basket} > li`);
      if (line !== null) numbers.add(line.getAttribute('aria-posinset'));
      if (element.closest('[role="toolbar"]') !== null) draws.keys += 1;
    }
    if (numbers.size > 0) draws.lines.push([...numbers]);
    else if ([...drawn].some((element) => element.closest('main [role="status"]') !== null)) draws.notices += 1;
  };
  const rows = new MutationObserver((changes) => {
    for (const { addedNodes, removedNodes } of changes) {
      draws.added += addedNodes.length;
      draws.removed += removedNodes.length;
    }
  });
  const hook = { supportsFiber: true, renderers: new Map(), inject: () => 1, checkDCE: () => undefined };
  Object.assign(window, {
    __REACT_DEVTOOLS_GLOBAL_HOOK__: { ...hook, onCommitFiberRoot, onCommitFiberUnmount: () => undefined },
    begin: () => {
      draws = { lines: [], notices: 0, keys: 0, added: 0, removed: 0 };
      Object.assign(window, { draws });
      const list = document.querySelector(basket);
      if (list !== null) rows.observe(list, { childList: true });
    },
  });
}
