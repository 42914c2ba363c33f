import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** Which version of the program this is. */
export function readVersion(): string {
  const path = join(import.meta.dirname, '..', 'package.json');
  return z.looseObject({ version: z.string() }).parse(JSON.parse(readFileSync(path, 'utf8'))).version;
}
