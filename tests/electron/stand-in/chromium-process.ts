/** A Chromium of its own, that both the stand-in and the test look into. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { findChromium } from '../../../commands/chromium.ts';

export interface ChromiumProcess {
  readonly process: ChildProcess;
  /** Where it is spoken to. */
  readonly endpoint: string;
}

export async function startChromium(userData: string): Promise<ChromiumProcess> {
  const { args = [], env, executablePath = '' } = await findChromium();
  const child = spawn(
    executablePath,
    [
      ...args,
      '--headless=new',
      '--remote-debugging-port=0',
      `--user-data-dir=${join(userData, 'chromium')}`,
      '--window-size=1366,768',
      '--lang=en-GB',
      '--accept-lang=en-GB',
      '--hide-scrollbars',
      '--force-color-profile=srgb',
      'about:blank',
    ],
    { env: { ...process.env, ...env, TZ: 'Europe/London', LANGUAGE: 'en_GB' }, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  for await (const line of createInterface({ input: child.stderr })) {
    const endpoint = /^DevTools listening on (\S+)$/u.exec(line)?.[1];
    if (endpoint !== undefined) {
      child.stderr.resume();
      return { process: child, endpoint };
    }
  }
  throw new Error('Chromium ended before it could be spoken to');
}
