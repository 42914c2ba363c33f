import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type LaunchOptions } from 'playwright-core';

/** What `@sparticuz/chromium` asks for before it brings the libraries that a bare Linux lacks. */
const LAMBDA_RUNTIME = 'nodejs24.x';

const FONT_SETTINGS = 'evertill-fonts.conf';

/**
 * Nothing that a page does may leave this PC, nor may the browser call home: every name but loopback is unknown to it.
 */
const ARGUMENTS = [
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-sync',
  '--no-pings',
  '--no-first-run',
];

/**
 * How to launch a Chromium with Playwright. `which` is `auto` (an installed one, else the one of the npm package
 * `@sparticuz/chromium`), `installed`, `sparticuz`, or the path of an executable; without it, the environment variable
 * `CHROMIUM` says, else `auto`. Throws if there is none.
 */
export async function findChromium(which = process.env['CHROMIUM'] ?? 'auto'): Promise<LaunchOptions> {
  // Chromium's sandbox refuses root, who needs it most; the pages of this project are the only ones it ever shows.
  const args = process.getuid?.() === 0 ? [...ARGUMENTS, '--no-sandbox'] : ARGUMENTS;
  if (!['auto', 'installed', 'sparticuz'].includes(which)) return { executablePath: which, args };
  const installed = listInstalled().find((path) => existsSync(path));
  if (which !== 'sparticuz' && installed !== undefined) return { executablePath: installed, args };
  if (which === 'installed') throw new Error('no Chromium, Chrome or Edge is installed');
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error('no Chromium is installed, and the one from npm is for Linux on x64: set CHROMIUM to a path');
  const folder = await unpack();
  const env = {
    ...process.env,
    LD_LIBRARY_PATH: [join(folder, 'al2023', 'lib'), process.env['LD_LIBRARY_PATH']].filter(Boolean).join(':'),
    FONTCONFIG_FILE: process.env['FONTCONFIG_FILE'] ?? join(folder, FONT_SETTINGS),
  };
  return { executablePath: join(folder, 'chromium'), args, env };
}

/** Launches a Chromium without a window; see `findChromium` for which. The caller closes it. */
export async function launchChromium(which?: string): Promise<Browser> {
  return chromium.launch(await findChromium(which));
}

function listInstalled(): readonly string[] {
  if (process.platform === 'darwin')
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    );
  if (process.platform === 'win32')
    return ['ProgramFiles', 'ProgramFiles(x86)', 'LocalAppData'].flatMap((variable) => {
      const folder = process.env[variable];
      if (folder === undefined) return [];
      return ['Google\\Chrome', 'Chromium', 'Microsoft\\Edge'].map((name) => {
        const program = name.endsWith('Edge') ? 'msedge.exe' : 'chrome.exe';
        return join(folder, name, 'Application', program);
      });
    });
  return ['chromium', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'].map((name) => `/usr/bin/${name}`);
}

/**
 * Unpacks the npm package's Chromium (some seconds, 200 MB) into a folder of this project's and version's own, once.
 * The package itself takes whatever lies in the temp folder for its own, however old or cut short.
 */
async function unpack(): Promise<string> {
  const entry = fileURLToPath(import.meta.resolve('@sparticuz/chromium'));
  const manifest: { version: string } = JSON.parse(readFileSync(join(dirname(entry), '..', 'package.json'), 'utf8'));
  const project = createHash('sha256').update(entry).digest('hex').slice(0, 8);
  const folder = join(tmpdir(), `evertill-chromium-${manifest.version}-${project}`);
  if (isOurs(folder)) return folder;
  const partial = mkdtempSync(`${folder}-`);
  try {
    await unpackInto(partial, entry);
    writeFileSync(join(partial, FONT_SETTINGS), fontSettings(folder));
    renameSync(partial, folder);
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    if (!isOurs(folder)) throw error; // else another process was faster, and its copy is as good
  }
  return folder;
}

/**
 * The package's font, whatever else the PC has. The package's own settings name folders of its cloud alone; without a
 * single font Chromium crashes over the first date field.
 */
function fontSettings(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(folder, 'fonts', 'fonts')}</dir>
  <cachedir>${join(folder, 'fonts-cache')}</cachedir>
</fontconfig>
`;
}

function isOurs(folder: string): boolean {
  const found = lstatSync(folder, { throwIfNoEntry: false });
  if (found === undefined) return false;
  if (found.isDirectory() && found.uid === process.getuid?.()) return true;
  throw new Error(`${folder} belongs to somebody else: remove it, or set TMPDIR`);
}

/** In a process of its own: the package takes folder and libraries from environment variables, and sets others. */
async function unpackInto(folder: string, entry: string): Promise<void> {
  const script = `const { default: chromium } = await import(process.argv[1]); await chromium.executablePath();`;
  const env = { ...process.env, TMPDIR: folder, AWS_LAMBDA_JS_RUNTIME: LAMBDA_RUNTIME };
  const options = ['--input-type=module', '--eval', script, entry];
  await new Promise<void>((resolve, reject) => {
    const child = spawn(process.execPath, options, { env, stdio: ['ignore', 'inherit', 'inherit'] });
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`@sparticuz/chromium could not be unpacked (exit ${code})`));
    });
  });
}
