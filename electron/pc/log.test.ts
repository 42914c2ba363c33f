import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFileLog } from './log.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'evertill-log-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the log', () => {
  it('is one JSON object a line, with no secret in it', () => {
    const path = join(folder, 'till.log');
    const log = createFileLog(path);
    log.info('till.opened', { path: '/x' });
    log.error('operation.fault', { incident: '7F3K', pin: '1379', asked: { password: 'hunter2', token: 't0k' } });
    log.close();
    log.info('after the end');
    const lines = readFileSync(path, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatchObject({ level: 'info', event: 'till.opened', path: '/x' });
    expect(lines[1]).toMatchObject({ level: 'error', incident: '7F3K' });
    expect(readFileSync(path, 'utf8')).not.toMatch(/1379|hunter2|t0k/u);
  });

  it('begins anew when its file is full, and keeps a few', () => {
    const path = join(folder, 'till.log');
    const log = createFileLog(path, { max_bytes: 200 });
    for (let n = 0; n < 60; n += 1) log.info('line', { n });
    log.close();
    expect(readdirSync(folder).toSorted()).toEqual([
      'till.log',
      'till.log.1',
      'till.log.2',
      'till.log.3',
      'till.log.4',
    ]);
    expect(readFileSync(path, 'utf8')).toContain('"n":59');
  });
});
