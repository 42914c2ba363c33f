import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { findChromium } from '../../commands/chromium.ts';
import { launchChromium } from '../support/chromium.ts';

async function readTitle(which: string): Promise<string> {
  const browser = await launchChromium(which);
  try {
    const page = await browser.newPage();
    await page.goto(
      "data:text/html;charset=utf-8,<title>before</title><script>document.title = [6 * 7, 'ض'].join()</script>",
    );
    // A date field is the first thing over which a browser without a single font ends.
    await page.setContent(`<title>${await page.title()}</title><input type="date">`);
    await page.screenshot();
    return await page.title();
  } finally {
    await browser.close();
  }
}

const installed = await findChromium('installed').catch(() => undefined);
const isLinuxOnX64 = process.platform === 'linux' && process.arch === 'x64';

describe('Chromium', () => {
  test('that is installed renders a page', async ({ skip }) => {
    skip(installed === undefined, 'none is installed');
    expect(await readTitle('installed')).toBe('42,ض');
  });

  test('from npm renders a page', async ({ skip }) => {
    skip(!isLinuxOnX64, 'npm has it for Linux on x64 only');
    const { executablePath = '' } = await findChromium('sparticuz');
    expect(executablePath).toContain('evertill-chromium');
    expect(existsSync(executablePath)).toBe(true);
    expect(await readTitle('sparticuz')).toBe('42,ض');
  });

  test('never leaves this PC', async () => {
    const browser = await launchChromium();
    try {
      const page = await browser.newPage();
      await expect(page.goto('http://example.com/')).rejects.toThrow('ERR_NAME_NOT_RESOLVED');
    } finally {
      await browser.close();
    }
  });

  test('that does not exist is an error', async () => {
    await expect(launchChromium('/nowhere/chromium')).rejects.toThrow('/nowhere/chromium');
  });
});
