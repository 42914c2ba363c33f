/** What the ear is told of a scan, by what the page gives to a faked AudioContext. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { drawings } from '../../renderer/till/sound/drawing.ts';
import { completeGtin } from '../../shared/product/gtin.ts';
import { eventually, openAction, openDemo, scan, scanField, somethingToSell, type World } from './support/shop.ts';

const product = somethingToSell(0);
const unknown = completeGtin('501234567890');
const [goodNote] = drawings.good;
const [badNote] = drawings.bad;

/** Puts a listener in the place of the loudspeaker: the pitch of every sound's first note. */
async function listen(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const pitches: number[] = [];
    const param = { setValueAtTime: () => undefined, linearRampToValueAtTime: () => undefined };
    class Ear {
      readonly state = 'running';
      readonly currentTime = 1;
      readonly destination = {};
      createGain() {
        return { gain: param, connect: (to: unknown) => to };
      }
      createOscillator() {
        const frequency = { value: 0 };
        return {
          frequency,
          connect: (to: unknown) => to,
          start: (when: number) => void (when === 1 && pitches.push(frequency.value)),
          stop: () => undefined,
        };
      }
    }
    Object.assign(window, { AudioContext: Ear, heard: pitches });
  });
  await page.reload();
}

function heard(page: Page): Promise<number[]> {
  // The init script put it there.
  return page.evaluate(() => (window as unknown as { heard: number[] }).heard);
}

export function soundStories(world: () => World): void {
  it('is good for what was added, bad for what was not, wherever it is scanned, and off when it is off', async () => {
    const shop = await openDemo(world(), 'Elena Lindqvist');
    const { page } = shop;
    await listen(page);
    await scanField(page).waitFor();
    await scan(page, product.barcode);
    await eventually(() => heard(page)).toEqual([goodNote?.pitch_hz]);
    await scan(page, unknown);
    await eventually(() => heard(page)).toEqual([goodNote?.pitch_hz, badNote?.pitch_hz]);
    await openAction(page, 'Settings');
    await scan(page, unknown);
    await eventually(() => heard(page)).toHaveLength(3);
    await page.getByRole('button', { name: 'A good scan' }).click();
    await eventually(() => heard(page)).toHaveLength(4);
    await page.getByText('Sounds when something is scanned').click();
    await page.getByRole('button', { name: 'A good scan' }).waitFor({ state: 'detached' });
    await scan(page, product.barcode);
    await page.getByText('Added to the basket').waitFor();
    expect(await heard(page)).toHaveLength(4);
    await shop.close();
  });

  it('is bad for a scan that broke off, and the screen says so', async () => {
    const shop = await openDemo(world());
    const { page } = shop;
    await listen(page);
    await scanField(page).waitFor();
    const session = await page.context().newCDPSession(page);
    const begin_s = Date.now() / 1000;
    for (const [at, digit] of [...'50123456'].entries())
      await session.send('Input.dispatchKeyEvent', {
        type: 'keyDown',
        timestamp: begin_s + at * 0.005,
        code: `Digit${digit}`,
        key: digit,
        text: digit,
        windowsVirtualKeyCode: digit.codePointAt(0) ?? 0,
      });
    await page.getByText('The scan broke off: 50123456').waitFor();
    expect(await heard(page)).toEqual([badNote?.pitch_hz]);
    await shop.close();
  });
}
