import type { Page } from 'playwright-core';

export interface ScannerHabits {
  /** Between two keys. */
  readonly gap_ms?: number | undefined;
  readonly suffix?: 'Enter' | 'Tab' | undefined;
}

/**
 * Types a code into a page as a scanner does, for tests. The keys carry the times of a scanner themselves, so that a
 * busy machine under test can't turn it into a hand; `page.keyboard.type` with a delay can.
 */
export async function typeAsScanner(page: Page, code: string, habits: ScannerHabits = {}): Promise<void> {
  const { gap_ms = 5, suffix = 'Enter' } = habits;
  const session = await page.context().newCDPSession(page);
  const begin_s = Date.now() / 1000;
  const sent: Promise<unknown>[] = [];
  for (const [at, key] of [...Array.from(code), suffix].entries()) {
    const timestamp = begin_s + (at * gap_ms) / 1000;
    const stroke = strokeOf(key);
    sent.push(session.send('Input.dispatchKeyEvent', { type: 'keyDown', timestamp, ...stroke }));
    const { code: place, key: name, windowsVirtualKeyCode } = stroke;
    const up = {
      type: 'keyUp' as const,
      timestamp: timestamp + gap_ms / 2000,
      code: place,
      key: name,
      windowsVirtualKeyCode,
    };
    sent.push(session.send('Input.dispatchKeyEvent', up));
  }
  await Promise.all(sent);
  await session.detach();
}

interface Stroke {
  readonly code: string;
  readonly key: string;
  readonly text: string;
  readonly windowsVirtualKeyCode: number;
}

function strokeOf(key: string): Stroke {
  if (key === 'Enter') return { code: key, key, text: '\r', windowsVirtualKeyCode: 13 };
  if (key === 'Tab') return { code: key, key, text: '\t', windowsVirtualKeyCode: 9 };
  const place = /\d/u.test(key) ? `Digit${key}` : `Key${key.toUpperCase()}`;
  return { code: place, key, text: key, windowsVirtualKeyCode: key.toUpperCase().charCodeAt(0) };
}
