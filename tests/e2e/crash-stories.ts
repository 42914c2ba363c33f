import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';
import {
  basketLines,
  eventually,
  openDemo,
  openShift,
  scan,
  signIn,
  slate,
  somethingToSell,
  type World,
} from './support/shop.ts';

const [product, other] = [somethingToSell(0), somethingToSell(1)];
const start = join(import.meta.dirname, '..', '..', 'commands', 'start.ts');

interface Started {
  readonly process: ChildProcess;
  readonly url: string;
}

/** `npm start` in a process of its own; answers when it has printed its address. */
async function startTill(data: string, screens: string): Promise<Started> {
  const child = spawn(process.execPath, [start, '--data', data, '--screens', screens, '--port', '0', '--no-open'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /^Till: (\S+)$/u.exec(line)?.[1];
    if (url !== undefined) return { process: child, url };
  }
  throw new Error('the till ended before it printed its address');
}

function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => child.once('exit', (code) => resolve(code)));
}

export function crashStories(world: () => World): void {
  it('is killed in the middle of a basket, starts again, and the basket is there', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'evertill-crash-'));
    const data = join(folder, 'till');
    const { browser, screens } = world();
    const first = await startTill(data, screens);
    const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1366, height: 768 } });
    const page = await context.newPage();
    await page.goto(first.url);
    await page.getByRole('button', { name: 'Try it' }).click();
    await signIn(page, 'Jonas M.');
    await openShift(page, '100');
    await scan(page, product.barcode);
    await scan(page, other.barcode);
    await eventually(() => basketLines(page).count()).toBe(2);
    const total = await slate(page, 'Total').innerText();

    first.process.kill('SIGKILL');
    await ended(first.process);
    await page.getByText('The till does not answer').waitFor();

    const again = await startTill(data, screens);
    // The key of the window died with the launch that gave it: another one opens.
    const window = await context.newPage();
    await window.goto(again.url);
    await signIn(window, 'Jonas M.');
    await eventually(() => basketLines(window).count()).toBe(2);
    expect(await slate(window, 'Total').innerText()).toBe(total);
    await window.keyboard.press('F10');
    await window.getByLabel('Cash received').waitFor();
    await window.keyboard.press('Enter');
    await window.getByText(/HS1-A-000001 is saved/u).waitFor();

    // A second process for the same till says so in one line and leaves.
    const second = spawn(process.execPath, [start, '--data', data, '--screens', screens, '--no-open'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    second.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    expect(await ended(second)).toBe(1);
    expect(said.trim().split('\n')).toEqual([expect.stringContaining('open already')]);

    again.process.kill('SIGTERM');
    expect(await ended(again.process)).toBe(0);
    await context.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('shows two windows the same basket, and each hears what the other does', async () => {
    const shop = await openDemo(world());
    const other_window = await shop.window();
    await signIn(other_window, 'Elena Lindqvist');
    await scan(shop.page, product.barcode);
    await basketLines(other_window).filter({ hasText: product.name }).waitFor();
    await scan(other_window, other.barcode);
    await eventually(() => basketLines(shop.page).count()).toBe(2);
    // A reload keeps who is signed in, and the address no longer shows the key.
    expect(shop.page.url()).not.toContain('token');
    await shop.page.reload();
    await eventually(() => basketLines(shop.page).count()).toBe(2);
    await shop.close();
  });

  it('sends away a window without the key, and says what to do', async () => {
    const shop = await openDemo(world());
    const context = await world().browser.newContext({ locale: 'en-GB' });
    const stranger = await context.newPage();
    await stranger.goto(`${shop.host.origin}/till/`);
    await stranger.getByText('This window does not belong to the till').waitFor();
    await context.close();
    await shop.close();
  });
}
