/** One file of many, and onto the disk with it. */
import { strToU8, zipSync } from 'fflate';
import type { CollectedFile } from '../../shared/support/collection.ts';

/** A .zip of text files. Made here and not in a worker: the page's policy lets none be made of a text. */
export function zipOf(files: readonly CollectedFile[]): Uint8Array<ArrayBuffer> {
  const zipped = zipSync(Object.fromEntries(files.map(({ name, text }) => [name, strToU8(text)])), { level: 6 });
  return new Uint8Array(zipped);
}

/** Hands a file to the browser, which puts it where downloads go or asks where. */
export function downloadFile(name: string, bytes: Uint8Array<ArrayBuffer>): void {
  const address = URL.createObjectURL(new Blob([bytes], { type: 'application/zip' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken it by then; at once would be too early for some.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
