/**
 * `npm run icons`: the application's icons, drawn from `renderer/ui/icon.svg` in Chromium, in the formats of Windows, macOS
 * and Linux. Committed, so that packing needs no browser.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { launchChromium } from './chromium.ts';
import { packIcns, packIco } from './build/icon-files.ts';

const project = join(import.meta.dirname, '..');
const folder = join(project, 'electron', 'shell', 'icons');
const svg = readFileSync(join(project, 'renderer', 'ui', 'icon.svg'), 'utf8');

const sizes_px = {
  windows: [16, 24, 32, 48, 64, 128, 256],
  mac: [32, 64, 128, 256, 512, 1024],
  linux: [16, 32, 48, 64, 128, 256, 512],
};
/** macOS leaves a margin around the drawing: 824 of 1024. */
const margin = { windows: 0, mac: 100 / 1024, linux: 0 };

const browser = await launchChromium();
try {
  const page = await browser.newPage();
  const draw = async (size_px: number, around: number): Promise<Buffer> => {
    const padding_px = Math.round(size_px * around);
    await page.setViewportSize({ width: size_px, height: size_px });
    await page.setContent(
      `<style>html,body{margin:0;background:transparent}svg{display:block;padding:${padding_px}px;width:${size_px - 2 * padding_px}px;height:${size_px - 2 * padding_px}px}</style>${svg}`,
    );
    return await page.screenshot({ omitBackground: true });
  };
  const drawAll = async (system: keyof typeof sizes_px) => {
    const drawn = new Map<number, Buffer>();
    for (const size_px of sizes_px[system]) drawn.set(size_px, await draw(size_px, margin[system]));
    return drawn;
  };
  mkdirSync(join(folder, 'linux'), { recursive: true });
  writeFileSync(join(folder, 'icon.ico'), packIco(await drawAll('windows')));
  writeFileSync(join(folder, 'icon.icns'), packIcns(await drawAll('mac')));
  for (const [size_px, png] of await drawAll('linux'))
    writeFileSync(join(folder, 'linux', `${size_px}x${size_px}.png`), png);
} finally {
  await browser.close();
}
console.log('electron/shell/icons: icon.ico, icon.icns, linux/*.png');
