/** The same application under Electron itself, driven by Playwright. */
import { once } from 'node:events';
import { dirname } from 'node:path';
import { _electron } from '@playwright/test';
import type { Launch } from './launch.ts';

/** How long a screen may take, on a PC that is busy with other tests. */
const patience_ms = 30_000;

/** Launches it with the runtime at `electron`. */
export function launchElectron(electron: string): Launch {
  return async ({ data, dist, env = {} }) => {
    // Linux chooses its keyring by the desktop, and a server that tests has none.
    const keyring = process.platform === 'linux' ? ['--password-store=gnome-libsecret'] : [];
    const running = await _electron.launch({
      executablePath: electron,
      args: [dirname(dist), '--data', data, ...keyring],
      env: { ...definedOf(process.env), ...env },
      locale: 'en-GB',
      timezoneId: 'Europe/London',
    });
    const child = running.process();
    const ended = once(child, 'exit').then(([code]: (number | null)[]) => code ?? null);
    running.context().setDefaultTimeout(patience_ms);
    return {
      ended,
      page: () => running.firstWindow(),
      evaluate: (work, given) =>
        // Playwright types the argument as what it can copy, and hands it over as it is.
        running.evaluate(work as Parameters<typeof running.evaluate>[0], given) as never,
      kill: async () => {
        child.kill('SIGKILL');
        await ended;
      },
    };
  };
}

function definedOf(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
