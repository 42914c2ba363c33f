/** Answers a window's calls. Whoever calls, and from which frame, is looked at each time, and what is given is parsed. */
import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron';
import { z } from 'zod';
import {
  type Opened,
  type Preferences,
  type PrintAnswer,
  type PrinterOfPc,
  type SavedFile,
  shellChannels,
} from '../../shared/contract/shell.ts';
import type { Result } from '../../shared/contract/errors.ts';
import { maxCallsUnderWay, type WindowCall, windowCall } from '../pc/call.ts';
import { isOurPage } from './origin.ts';

/** What a window may have done for it. */
export interface Served {
  /** The window's own contents; undefined while there is none. */
  readonly window: () => WebContents | undefined;
  readonly opened: (again: boolean) => Promise<Opened>;
  readonly invoke: (call: WindowCall) => Promise<Result<unknown>>;
  readonly preferences: () => Preferences;
  readonly prefer: (changes: Partial<Preferences>) => Preferences;
  readonly printers: () => Promise<readonly PrinterOfPc[]>;
  readonly print: (paper: { readonly width_mm: number; readonly height_mm: number }) => Promise<PrintAnswer>;
  readonly save: (file: SavedFile) => Promise<'saved' | 'cancelled' | 'failed'>;
  readonly quit: () => void;
  readonly refused: (channel: string, why: string, url: string | undefined) => void;
}

/** What is saved is what the till has collected, packed. */
const maxFile_bytes = 8 * 1024 * 1024;
/** A longer roll than any printer takes in one piece. */
const maxPaper_mm = 10_000;

const given = {
  opened: z.boolean(),
  nothing: z.undefined(),
  prefer: z.strictObject({ printer: z.string().max(500).nullable().optional(), isFullScreen: z.boolean().optional() }),
  file: z.strictObject({
    name: z.string().regex(/^[\w-]{1,80}\.zip$/u),
    bytes: z.instanceof(Uint8Array).refine(({ length }) => length <= maxFile_bytes),
  }),
  paper: z.strictObject({
    width_mm: z.number().positive().max(maxPaper_mm),
    height_mm: z.number().positive().max(maxPaper_mm),
  }),
};

const busy: Result<never> = { ok: false, error: { code: 'connection.lost', data: {} } };

/** Registers every channel. Once for each process. */
export function serveIpc(served: Served): void {
  const answer = <Given, Answer>(
    channel: string,
    schema: z.ZodType<Given>,
    work: (input: Given) => Answer | Promise<Answer>,
  ): void => {
    ipcMain.handle(channel, async (event, input: unknown) => {
      const why = whyForeign(event, served.window());
      if (why !== undefined) {
        served.refused(channel, why, event.senderFrame?.url);
        throw new Error('refused');
      }
      const parsed = schema.safeParse(input);
      if (!parsed.success) {
        served.refused(channel, 'malformed', event.senderFrame?.url);
        throw new Error('malformed');
      }
      return await work(parsed.data);
    });
  };

  let underWay = 0;
  answer(shellChannels.invoke, windowCall, async (call) => {
    if (underWay >= maxCallsUnderWay) return busy;
    underWay += 1;
    try {
      return await served.invoke(call);
    } finally {
      underWay -= 1;
    }
  });
  answer(shellChannels.opened, given.opened, served.opened);
  answer(shellChannels.preferences, given.nothing, served.preferences);
  answer(shellChannels.prefer, given.prefer, ({ isFullScreen, printer }) =>
    served.prefer({
      ...(printer === undefined ? {} : { printer }),
      ...(isFullScreen === undefined ? {} : { isFullScreen }),
    }),
  );
  answer(shellChannels.printers, given.nothing, served.printers);
  answer(shellChannels.print, given.paper, served.print);
  answer(shellChannels.save, given.file, served.save);
  answer(shellChannels.quit, given.nothing, served.quit);
}

/** Why a call is none of our window's own page; undefined when it is. */
function whyForeign(event: IpcMainInvokeEvent, window: WebContents | undefined): string | undefined {
  if (event.sender !== window) return 'another window';
  // Null when the frame went elsewhere meanwhile.
  const frame = event.senderFrame;
  if (frame === null) return 'a frame that is gone';
  if (frame.parent !== null) return 'a frame within the page';
  return isOurPage(frame.url) ? undefined : 'another page';
}
