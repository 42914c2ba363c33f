import { spawn } from 'node:child_process';

/** Opens an address in the system's browser, where there is a screen to open it on. */
export function openWindow(url: string): void {
  const { platform, env } = process;
  const hasScreen =
    platform === 'win32' ||
    platform === 'darwin' ||
    env['DISPLAY'] !== undefined ||
    env['WAYLAND_DISPLAY'] !== undefined;
  if (!hasScreen) return;
  const openers: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
    win32: ['rundll32', 'url.dll,FileProtocolHandler'],
    darwin: ['open'],
  };
  const [command, ...args] = openers[platform] ?? ['xdg-open'];
  const child = spawn(command, [...args, url], { stdio: 'ignore', detached: true });
  // No browser is no fault of the demo: the address has been printed.
  child.on('error', () => undefined);
  child.unref();
}
