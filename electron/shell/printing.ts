import type { WebContents } from 'electron';
import type { Paper, Printed, PrinterOfPc } from '../../shared/contract/shell.ts';

/** How long the system may take to accept a page. */
const patience_ms = 60_000;

export async function printersOf(contents: WebContents): Promise<readonly PrinterOfPc[]> {
  const printers = await contents.getPrintersAsync();
  return printers.map(({ displayName, name }) => ({ name, label: displayName === '' ? name : displayName }));
}

/** Prints the page on exactly that paper, without a question. Sure only that the system has taken it. */
export async function printPage(contents: WebContents, printer: string | null, paper: Paper): Promise<Printed> {
  if (printer === null) return 'ask';
  const printers = await printersOf(contents);
  if (!printers.some(({ name }) => name === printer)) return 'gone';
  return await new Promise((resolve) => {
    const timer = setTimeout(() => resolve('failed'), patience_ms);
    const pageSize = { width: microns(paper.width_mm), height: microns(paper.height_mm) };
    contents.print({ silent: true, deviceName: printer, margins: { marginType: 'none' }, pageSize }, (isPrinted) => {
      clearTimeout(timer);
      resolve(isPrinted ? 'printed' : 'failed');
    });
  });
}

function microns(length_mm: number): number {
  return Math.round(length_mm * 1000);
}
