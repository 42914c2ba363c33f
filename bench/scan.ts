/**
 * `scan`: from the last key of a scan to the line that it painted, in a real Chromium, before a till with a large catalogue
 * and a long basket.
 *
 * Ours is `npm start` in a process of its own and its window: Chromium gets the scanner's keys 5 ms apart, each with the
 * time at which it was struck (`event.timeStamp`), and the line is painted when the first frame after it stands in the list
 * has been given over: `requestAnimationFrame`, then a task after that frame. The basket has the same length at every scan:
 * each is undone before the next, unmeasured. When the sound began is measured from the same key.
 *
 * The baseline is a page in the same Chromium that knows nothing but to append a line to a list of the same length when
 * Enter is struck, measured in the same way: what the keys' way in, layout and paint take by themselves. They take turns.
 *
 * `--products`, `--lines`, `--scans`.
 */
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { CDPSession, Page } from 'playwright-core';
import { launchChromium } from '../commands/chromium.ts';
import { buildScreens } from '../commands/demo/screens.ts';
import { dataFolder } from '../electron/pc/folder.ts';
import { inFolder, option, percentile, rounded } from './figures-support.ts';
import { makeStockedShop, manager } from './stocked-shop-support.ts';
import { startTillProcess } from './started-till-support.ts';

const gap_ms = 5;
const warmUp = 20;
const sales = 200;

export async function run({ args }: { readonly args: readonly string[] }) {
  const size = { products: option(args, 'products', 100_000), sales, linesPerSale: 4 };
  const lines = option(args, 'lines', 200);
  const scans = option(args, 'scans', 200);
  await buildScreens((line) => console.log(line));
  return await inFolder(async (folder) => {
    const files = dataFolder(join(folder, 'till'));
    const shop = await makeStockedShop(files, size);
    const till = await startTillProcess(files.folder);
    const browser = await launchChromium();
    try {
      const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'en-GB' });
      const page = await context.newPage();
      await page.addInitScript(watch);
      await page.goto(till.address.href);
      await signIn(page);
      const bare = await context.newPage();
      await bare.addInitScript(watch);
      await bare.goto(`data:text/html,${encodeURIComponent(barePage(lines))}`);
      await bare.evaluate(appendAtEnter);
      const barcode = (n: number): string => shop.barcodes[(n * 7919) % shop.barcodes.length] ?? '';
      const keys = await page.context().newCDPSession(page);
      const bareKeys = await bare.context().newCDPSession(bare);

      await page.bringToFront();
      for (let n = 0; n < lines; n += 1) await scanned(page, keys, barcode(n));
      const held = await linesOf(page);
      if (held !== lines) throw new Error(`the basket has ${String(held)} lines`);
      const ours: Painted[] = [];
      const bare_ms: number[] = [];
      for (let n = 0; n < scans + warmUp; n += 1) {
        await page.bringToFront();
        const painted = await scanned(page, keys, barcode(lines + n));
        await page.evaluate(() => void Object.assign(window, { lastScan: undefined }));
        await page.keyboard.press('Control+z');
        await page.waitForFunction((wanted) => (window as unknown as Watched).lines === wanted, lines);
        await bare.bringToFront();
        const compared = await scanned(bare, bareKeys, barcode(lines + n));
        await bare.evaluate(() => document.querySelector('ul')?.lastElementChild?.remove());
        if (!painted.isInSight) throw new Error('the new line is not in sight');
        if (n < warmUp) continue;
        ours.push(painted);
        bare_ms.push(compared.painted_ms);
      }
      const painted_ms = ours.map((one) => one.painted_ms);
      const heard_ms = ours.flatMap((one) => (one.heard_ms === null ? [] : [one.heard_ms]));
      return {
        products: size.products,
        lines,
        scans,
        p50_ms: rounded(percentile(painted_ms, 0.5)),
        p99_ms: rounded(percentile(painted_ms, 0.99)),
        max_ms: rounded(percentile(painted_ms, 1)),
        sound_p50_ms: rounded(percentile(heard_ms, 0.5)),
        sound_p99_ms: rounded(percentile(heard_ms, 0.99)),
        bare_p50_ms: rounded(percentile(bare_ms, 0.5)),
        bare_p99_ms: rounded(percentile(bare_ms, 0.99)),
      };
    } finally {
      await browser.close();
      await till.stop();
    }
  });
}

interface Painted {
  /** From the last key. */
  readonly painted_ms: number;
  /** From the last key; null where nothing sounded. */
  readonly heard_ms: number | null;
  readonly isInSight: boolean;
}

interface Watched {
  readonly lines: number;
  lastScan: Painted | undefined;
}

/** Runs in the page, before its scripts: notes the time of the last Enter, of the sound, and of the frame with the new line. */
function watch(): void {
  let enter_ms: number | undefined;
  let heard_ms: number | null = null;
  let lines = 0;
  Object.assign(window, { lines });
  window.addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'Enter') return;
      enter_ms = event.timeStamp;
      heard_ms = null;
    },
    { capture: true },
  );
  const { start } = OscillatorNode.prototype;
  OscillatorNode.prototype.start = function startNoted(when?: number): void {
    if (enter_ms !== undefined) heard_ms ??= performance.now() - enter_ms;
    start.call(this, when);
  };
  const look = (): void => {
    // Where only what is in sight is there, each line says which one of how many it is.
    const all = document.querySelectorAll('ul[aria-label="Lines of the basket"] > li:not([aria-hidden])');
    const last = all[all.length - 1];
    const now = Number(last?.getAttribute('aria-posinset') ?? all.length);
    const hasMore = now > lines;
    lines = now;
    Object.assign(window, { lines });
    if (!hasMore || enter_ms === undefined) return;
    const begun_ms = enter_ms;
    enter_ms = undefined;
    requestAnimationFrame(() => {
      // A message comes after the frame has been painted; a timer may come late.
      const after = new MessageChannel();
      after.port1.addEventListener('message', () => {
        const painted_ms = performance.now() - begun_ms;
        const { bottom, top } = last?.getBoundingClientRect() ?? { bottom: 0, top: 0 };
        const isInSight = top >= 0 && bottom <= window.innerHeight;
        Object.assign(window, { lastScan: { painted_ms, heard_ms, isInSight } });
      });
      after.port1.start();
      after.port2.postMessage(null);
    });
  };
  document.addEventListener('DOMContentLoaded', look);
  // A line may be another's element that was given new content.
  const attributeFilter = ['aria-posinset'];
  new MutationObserver(look).observe(document, { childList: true, subtree: true, attributeFilter });
}

function barePage(lines: number): string {
  const rows = Array.from({ length: lines }, (_, n) => `<li>Line ${String(n)}</li>`).join('');
  return `<!doctype html><title>bare</title><ul aria-label="Lines of the basket">${rows}</ul>`;
}

/** Runs in the bare page. */
function appendAtEnter(): void {
  window.addEventListener('keydown', (event) => {
    const list = document.querySelector('ul');
    if (event.key !== 'Enter' || list === null) return;
    const line = document.createElement('li');
    line.textContent = 'One line more';
    list.append(line);
    line.scrollIntoView();
  });
}

async function linesOf(page: Page): Promise<number> {
  // The page's own words for it, put there by `watch`.
  return await page.evaluate(() => (window as unknown as Watched).lines);
}

async function signIn(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Manager' }).click();
  await page.locator('input[type="password"]').fill(manager.pin);
  await page.keyboard.press('Enter');
  await page.locator('input[role="combobox"], input[type="search"]').first().waitFor();
}

/** Scans a code at a scanner's pace, and waits until its line is painted. */
async function scanned(page: Page, keys: CDPSession, code: string): Promise<Painted> {
  await page.evaluate(() => void Object.assign(window, { lastScan: undefined }));
  const begin_ms = Date.now() + gap_ms;
  const sent: Promise<unknown>[] = [];
  for (const [at, key] of [...code, 'Enter'].entries()) {
    const due_ms = begin_ms + at * gap_ms;
    if (due_ms > Date.now()) await wait(due_ms - Date.now());
    const isEnter = key === 'Enter';
    const stroke = {
      timestamp: due_ms / 1000,
      code: isEnter ? key : `Digit${key}`,
      key,
      windowsVirtualKeyCode: isEnter ? 13 : (key.codePointAt(0) ?? 0),
    };
    sent.push(keys.send('Input.dispatchKeyEvent', { type: 'keyDown', text: isEnter ? '\r' : key, ...stroke }));
    sent.push(keys.send('Input.dispatchKeyEvent', { type: 'keyUp', ...stroke }));
  }
  await Promise.all(sent);
  // The page's own words for it, put there by `watch`.
  const answer = await page.waitForFunction(() => (window as unknown as Watched).lastScan);
  return (await answer.jsonValue()) as Painted;
}
