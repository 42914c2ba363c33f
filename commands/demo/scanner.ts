import type { Page } from 'playwright-core';

/** Between two keys of a scanner. */
const gap_ms = 5;

/**
 * Types a barcode into a page as a scanner does, Enter behind it. The keys carry their own times, so that a busy PC does
 * not make a hand of it.
 */
export async function scan(page: Page, barcode: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const began_s = Date.now() / 1000;
  const sent: Promise<unknown>[] = [];
  for (const [i, key] of [...barcode, 'Enter'].entries()) {
    const timestamp = began_s + (i * gap_ms) / 1000;
    const isDigit = key !== 'Enter';
    const stroke = {
      key,
      code: isDigit ? `Digit${key}` : key,
      windowsVirtualKeyCode: isDigit ? key.charCodeAt(0) : 13,
    };
    sent.push(
      session.send('Input.dispatchKeyEvent', { type: 'keyDown', timestamp, text: isDigit ? key : '\r', ...stroke }),
      session.send('Input.dispatchKeyEvent', { type: 'keyUp', timestamp: timestamp + gap_ms / 2000, ...stroke }),
    );
  }
  await Promise.all(sent);
  await session.detach();
}
