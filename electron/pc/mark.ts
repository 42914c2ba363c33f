/** What this PC remembers of its till, in a file beside the data folder: a backup of the folder does not take it along. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { z } from 'zod';
import { type InstallationId, uuid } from '../../shared/ids.ts';
import { hashText } from '../../shared/journal/envelope.ts';
import type { MarkStore } from '../till/ports.ts';
import { writeWhole } from './whole-file.ts';

const schema = z.strictObject({
  installation: uuid<InstallationId>(),
  seq: z.int().min(0),
  hash: hashText.nullable(),
});

/** Keeps the mark in a file. One that can't be read counts as none: the till then goes on as a PC of its own. */
export function createFileMark(path: string): MarkStore {
  return {
    read: () => {
      if (!existsSync(path)) return undefined;
      try {
        return schema.parse(JSON.parse(readFileSync(path, 'utf8')));
      } catch {
        return undefined;
      }
    },
    write: (mark) => writeWhole(path, `${JSON.stringify(mark)}\n`),
    clear: () => rmSync(path, { force: true }),
  };
}
