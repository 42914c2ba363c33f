/** What only the stand-in can be made to do: another user's secrets, a printer, a foreign page that calls. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { expect, it, onTestFinished } from 'vitest';
import { shellChannels } from '../../shared/contract/shell.ts';
import { dataFolder } from '../../electron/pc/folder.ts';
import { basketLines, eventually, openAction, scan, signIn, somethingToSell } from '../e2e/support/shop.ts';
import { faults } from '../support/faults.ts';
import { cutOff, speak } from '../support/layout.ts';
import type { ElectronModule, RunningShell } from './launch.ts';
import type { IpcHandler, standIn as decided } from './stand-in/parts.ts';
import { newData, quit, type ShellWorld, shown, start, startDemo } from './stories.ts';

const product = somethingToSell(0);

/** The stand-in's own: what a test decides instead of the system. */
interface StandIn extends ElectronModule {
  readonly standIn: typeof decided;
}

function decide<Given, Answer>(
  shell: RunningShell,
  work: (electron: StandIn, given: Given) => Answer | Promise<Answer>,
  given: Given,
): Promise<Answer> {
  // Runs where the module is the stand-in.
  return shell.evaluate(work as (electron: ElectronModule, given: Given) => Answer, given);
}

/** The till behind a page, asked as the page asks it. */
async function asks(shell: RunningShell): Promise<unknown> {
  const page = await shell.page();
  return await page.evaluate(async () => {
    const { evertill } = globalThis as never as { evertill: { invoke(call: object): Promise<unknown> } };
    return await evertill.invoke({ operation: 'setup.status', input: {} });
  });
}

export function standInStories(world: () => ShellWorld): void {
  it.each([
    ['calls', shellChannels.invoke],
    ['opening', shellChannels.opened],
  ])('goes red when the channel of %s is broken in the built preload', async (_name, channel) => {
    const folder = mkdtempSync(join(tmpdir(), 'evertill-broken-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const { demo, dist, launch } = world();
    cpSync(join(dist, '..'), folder, {
      recursive: true,
      filter: (path) => !path.endsWith('.map'),
      verbatimSymlinks: true,
    });
    const preload = join(folder, 'dist', 'shell', 'preload.cjs');
    const before = readFileSync(preload, 'utf8');
    const broken = before.replace(`"${channel}"`, `"${channel}.broken"`);
    expect(broken).not.toBe(before);
    writeFileSync(preload, broken);
    const shell = await start({ demo, launch, dist: join(folder, 'dist') }, { data: newData(demo) });
    const page = await shell.page();
    await page.waitForFunction(() => 'evertill' in globalThis);
    const said = await page.evaluate(async () => {
      type Bridge = Record<'invoke' | 'opened', (given: unknown) => Promise<unknown>>;
      const { evertill } = globalThis as never as { evertill: Bridge };
      const call = { operation: 'setup.status', input: {} };
      return await Promise.all([evertill.opened(false), evertill.invoke(call)]).then(() => 'answered', String);
    });
    expect(said).toContain(`No handler registered for '${channel}.broken'`);
    expect(await page.getByRole('button', { name: 'Jonas M.' }).count()).toBe(0);
  });

  it('answers nobody but the page of its own window', async () => {
    const { shell } = await startDemo(world());
    const refusals = await decide(
      shell,
      async ({ BrowserWindow, ipcMain }, channels) => {
        const { handlers } = ipcMain as unknown as { handlers: Map<string, IpcHandler> };
        const sender = BrowserWindow.getAllWindows()[0]?.webContents;
        const ours = { url: 'evertill://till/till/index.html', parent: null };
        const call = { operation: 'setup.status', input: {} };
        const events = {
          ours: { sender, senderFrame: ours },
          'another window': { sender: {}, senderFrame: ours },
          'a frame that is gone': { sender, senderFrame: null },
          'a page within the page': { sender, senderFrame: { ...ours, parent: ours } },
          'another page': { sender, senderFrame: { url: 'https://till/till/index.html', parent: null } },
          'another host': { sender, senderFrame: { url: 'evertill://till.elsewhere/till/index.html', parent: null } },
        };
        const said: string[] = [];
        for (const [who, event] of Object.entries(events)) {
          for (const channel of channels) {
            if (who === 'ours' && channel !== 'till.invoke') continue;
            const answer = await Promise.resolve(handlers.get(channel)?.(event, call)).then(
              () => 'answered',
              (error: unknown) => String(error),
            );
            said.push(`${who}: ${answer}`);
          }
        }
        return said;
      },
      Object.values(shellChannels).filter((channel) => channel !== shellChannels.told),
    );
    const refused = refusals.filter((line) => !line.endsWith('Error: refused'));
    expect(refused).toEqual(['ours: answered']);
    expect(refusals).toHaveLength(1 + 5 * 8);
  });

  it('answers no call that is malformed, and lets no page fill the screen with a word of its own', async () => {
    const { page, shell } = await startDemo(world());
    const said = await page.evaluate(async () => {
      type Bridge = Record<'invoke' | 'prefer' | 'print', (given: unknown) => Promise<unknown>>;
      const { evertill } = globalThis as never as { evertill: Bridge };
      const tries: [keyof Bridge, unknown][] = [
        ['invoke', { operation: 'setup.status', input: {}, more: 1 }],
        ['invoke', 'setup.status'],
        ['prefer', { isFullScreen: 'yes' }],
        ['prefer', { bounds: { x: 0, y: 0, width: 1, height: 1 } }],
        ['print', { width_mm: 80, height_mm: 1e9 }],
      ];
      return await Promise.all(tries.map(([name, given]) => evertill[name](given).then(() => 'answered', String)));
    });
    for (const one of said) expect(one).toContain('malformed');
    expect(await asks(shell)).toMatchObject({ ok: true });
  });

  it('hears of what another has done while the PC slept', async () => {
    const { page, shell } = await startDemo(world());
    await page.evaluate(() => {
      const { evertill } = globalThis as never as { evertill: { listen(hear: (told: unknown) => void): void } };
      evertill.listen((told) => document.body.setAttribute('data-told', JSON.stringify(told)));
    });
    await shell.evaluate(({ powerMonitor }) => {
      powerMonitor.emit('suspend');
      powerMonitor.emit('resume');
    });
    await eventually(() => page.locator('body').getAttribute('data-told')).toBe('"reconnected"');
  });

  it('prints on the chosen printer without a question, and says when nothing came out', async () => {
    const { page, shell } = await startDemo(world());
    const printer = { name: 'TM_T88', displayName: 'Epson TM-T88', description: '', options: {} };
    await decide(shell, ({ standIn }, added) => void standIn.printers.push(added), printer);
    await openAction(page, 'Settings');
    await page.getByRole('button', { name: /Receipts and reports go to/u }).click();
    await page.getByRole('option', { name: 'Epson TM-T88' }).click();
    await page.getByRole('button', { name: 'Back', exact: true }).last().click();
    await scan(page, product.barcode);
    await eventually(() => basketLines(page).count()).toBe(1);
    await page.keyboard.press('F9');
    await page.getByLabel('By card').waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('is saved on this till').waitFor();
    await page.getByText('On Epson TM-T88').waitFor();
    await page.keyboard.press('F2');
    const prints = () =>
      decide(
        shell,
        ({ standIn }) =>
          standIn.prints as { deviceName: string; silent: boolean; pageSize: { width: number; height: number } }[],
        null,
      );
    await eventually(async () => (await prints()).length).toBe(1);
    const [print] = await prints();
    expect(print).toMatchObject({ silent: true, deviceName: 'TM_T88', pageSize: { width: 80_000 } });
    expect(print?.pageSize.height).toBeGreaterThan(60_000);
    expect(print?.pageSize.height).toBeLessThan(200_000);
    expect(await page.getByRole('alert').count()).toBe(0);

    // Out of paper: the sale is saved, and the same button prints again.
    await decide(shell, ({ standIn }) => void (standIn.isPrinting = false), null);
    await page.keyboard.press('F2');
    await page.getByText('The printer did not print').waitFor();
    // Under a number that the log has.
    await page.getByText(/call with incident \w{4}/u).waitFor();
    await decide(shell, ({ standIn }) => void (standIn.isPrinting = true), null);
    await page.getByRole('button', { name: 'Print again' }).click();
    await page.getByText('The printer did not print').waitFor({ state: 'detached' });
    expect(await prints()).toHaveLength(3);

    // Switched off: it is not even asked.
    await decide(shell, ({ standIn }) => void standIn.printers.splice(0), null);
    await page.keyboard.press('F2');
    await page.getByText('The printer is not there').waitFor();
    expect(await prints()).toHaveLength(3);
  });

  it('saves what is collected for support where somebody says', async () => {
    const { page, shell } = await startDemo(world());
    const folder = newData(world().demo);
    const file = `${folder}.zip`;
    await openAction(page, 'For support');
    await page.getByRole('region', { name: 'README.txt' }).waitFor();
    await decide(shell, ({ standIn }, path) => void (standIn.savePath = path), file);
    await page.getByRole('button', { name: 'Save as a file' }).click();
    await page.getByText('The file is saved').waitFor();
    const files = unzipSync(new Uint8Array(readFileSync(file)));
    expect(Object.keys(files)).toEqual(expect.arrayContaining(['till.json', 'logs/till.log', 'logs/shell.log']));
    expect(strFromU8(files['logs/shell.log'] ?? new Uint8Array())).toContain('shell.started');
    // A folder that isn't there can't be written to.
    await decide(shell, ({ standIn }, path) => void (standIn.savePath = path), `${folder}/nowhere/a.zip`);
    await page.getByRole('button', { name: 'Save as a file' }).click();
    await page.getByText('The file could not be saved').waitFor();
  });

  it('says so when the secrets are another user’s, loses nothing, and opens for whom they are', async () => {
    const data = newData(world().demo);
    const first = await startDemo(world(), data);
    await scan(first.page, product.barcode);
    await eventually(() => basketLines(first.page).count()).toBe(1);
    expect(await quit(first.shell)).toBe(0);
    const key = readFileSync(dataFolder(data).key);

    const other = await start(world(), { data, env: { STAND_IN_USER: 'eve@other-pc' } });
    const page = await other.page();
    await page.getByText('The secrets of this till were sealed for somebody else').waitFor();
    await page.getByText('Nothing was changed, and nothing is lost.').waitFor();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('The secrets of this till were sealed for somebody else').waitFor();
    await page.getByRole('button', { name: 'Close', exact: true }).click();
    expect(await other.ended).toBe(0);
    expect(readFileSync(dataFolder(data).key)).toEqual(key);

    const again = await startDemo(world(), data);
    await eventually(() => basketLines(again.page).count()).toBe(1);
  });

  it.each(['light', 'dark'] as const)(
    'shows what is its own so that everybody can use it, in the %s theme',
    async (colorScheme) => {
      const { data, page, shell } = await startDemo(world());
      await page.emulateMedia({ colorScheme });
      await openAction(page, 'Settings');
      await page.getByText('Fill the screen').waitFor();
      for (const language of ['en', 'de', 'ar']) {
        await speak(page, language);
        await page.getByRole('switch').last().waitFor();
        expect([language, await faults(page), await cutOff(page, 'body')]).toEqual([language, [], []]);
      }
      expect(await quit(shell)).toBe(0);
      const other = await start(world(), { data, env: { STAND_IN_USER: 'eve@other-pc' } });
      const trouble = await other.page();
      await trouble.emulateMedia({ colorScheme });
      await trouble.setViewportSize({ width: 1024, height: 768 });
      await trouble.getByText(/till\.key/u).waitFor();
      for (const language of ['en', 'de', 'ar']) {
        await speak(trouble, language);
        await trouble.getByText(/till\.key/u).waitFor();
        expect([language, await faults(trouble), await cutOff(trouble, 'body')]).toEqual([language, [], []]);
      }
    },
  );

  it('refuses to keep secrets in plain text, and opens nothing', async () => {
    const data = newData();
    const shell = await start(world(), { data, env: { STAND_IN_VAULT: 'basic_text' } });
    const page = await shell.page();
    const title = process.platform === 'linux' ? 'This PC keeps no secrets now' : 'Set up this till';
    await page.getByText(title).waitFor();
    expect(await quit(shell)).toBe(0);
  });

  it('gives up after three crashes in a row, says that all is saved, and comes back when it is told to', async () => {
    const { shell } = await startDemo(world());
    const isBack = (): Promise<void> => eventually(() => shown(shell)).toMatch(/Jonas M\./u);
    const crash = async (): Promise<void> => {
      await isBack();
      await shell.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
      );
    };
    await crash();
    await crash();
    expect(await decide(shell, ({ standIn }) => standIn.dialogs, null)).toEqual([]);
    await crash();
    await eventually(() => decide(shell, ({ standIn }) => standIn.dialogs, null)).toEqual([
      {
        title: 'The window of the till fails again and again',
        detail: expect.stringContaining('so is the open basket'),
      },
    ]);
    // The first button is pressed: it is there again.
    await isBack();
    await signIn(await shell.page(), 'Jonas M.');
  });
}
