/** What the sources of the screens draw, to be compared with the lists of them: so that none can be forgotten. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ListedScreen } from '../../commands/screens/list.ts';

const renderer = join(import.meta.dirname, '../../renderer');

/** Whatever opens over a screen: our own dialogs, the manager's prompt, and what react-aria lets float. */
const over = /<(?:Dialog|ConfirmDialog|ApprovalDock|Popover)\b/gu;

/** The addresses that the routes of a file name. */
export function routesOf(file: string): string[] {
  const written = [...readFileSync(join(renderer, file), 'utf8').matchAll(/path="([^"]+)"/gu)];
  if (written.length < 10) throw new Error(`${file} has few routes`);
  return written.map(([, path]) => path ?? '').toSorted();
}

/** What is in no list: pages and dialogs of an application, by the file that draws them; and names that are there twice. */
export function missingIn(screens: readonly ListedScreen[], application: 'till' | 'headoffice'): string[] {
  const listed = (file: string, isDialog: boolean): number =>
    screens.filter((one) => one.source === file && (one.isDialog ?? false) === isDialog).length;
  const missing = (drawn: ReadonlyMap<string, number>, isDialog: boolean): string[] =>
    [...drawn].flatMap(([file, count]) => (listed(file, isDialog) < count ? [`${file}: ${count}`] : []));
  const names = screens.map(({ name }) => name);
  const twice = names.filter((name, at) => names.indexOf(name) !== at);
  return [...missing(drawnPages(application), false), ...missing(drawnOver(application), true), ...twice];
}

/** How many dialogs each file of an application may open. */
function drawnOver(application: 'till' | 'headoffice'): ReadonlyMap<string, number> {
  // A dialog within a popover is one.
  return countIn(application, (text) => text.replaceAll(/<Popover[\s\S]*?<\/Popover>/gu, '<Popover />').matchAll(over));
}

/** The files of an application with a page that has no route. */
function drawnPages(application: 'till' | 'headoffice'): ReadonlyMap<string, number> {
  return countIn(application, (text) => (/<PlainPage\b/u.test(text) ? ['one'] : []));
}

function countIn(application: string, found: (text: string) => Iterable<unknown>): ReadonlyMap<string, number> {
  const files = readdirSync(join(renderer, application), { recursive: true, encoding: 'utf8' });
  const counts = files
    .filter((file) => file.endsWith('.tsx'))
    .map((file) => {
      const path = `${application}/${file.replaceAll('\\', '/')}`;
      return [path, [...found(readFileSync(join(renderer, path), 'utf8'))].length] as const;
    })
    .filter(([, count]) => count > 0);
  return new Map(counts);
}
