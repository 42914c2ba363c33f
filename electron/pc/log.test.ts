import { mkdtempSync, readFileSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFileLog } from './log.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'evertill-log-'));
  path = join(folder, 'till.log');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const lines = (of = path): Record<string, unknown>[] =>
  readFileSync(of, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('the log', () => {
  it('is one JSON object a line, with no secret in it and not the name of the user of the PC', () => {
    const log = createFileLog(path);
    log.info('till.opened', { path: join(homedir(), 'x') });
    log.warn('till.asked', { asked: { password: 'hunter2', token: 't0k' }, pin: '1379', login: 'elena' });
    log.close();
    log.info('after the end');
    expect(lines()).toMatchObject([{ level: 'info', event: 'till.opened', path: join('~', 'x') }, { level: 'warn' }]);
    expect(readFileSync(path, 'utf8')).not.toMatch(/1379|hunter2|t0k|elena/u);
  });

  it('gives each fault a number, and has it in the file at once', () => {
    const log = createFileLog(path);
    const incident = log.fault('operation.fault', new Error('the disk is odd'), { operation: 'basket.scan' });
    expect(incident).toMatch(/^[2-9A-HJKMNP-Z]{4}$/u);
    expect(lines()).toMatchObject([{ level: 'error', incident, operation: 'basket.scan' }]);
    expect(lines()[0]?.['error']).toMatch(/^Error: the disk is odd\n {2}at .*electron\/pc\/log\.test\.ts:\d+/u);
    log.close();
  });

  it('writes what is asked for, and no less important things', () => {
    const log = createFileLog(path, { level: 'warn' });
    log.debug('a');
    log.info('b');
    log.warn('c');
    log.close();
    expect(lines()).toMatchObject([{ event: 'c' }]);
  });

  it('begins anew when its file is full, and keeps a few', () => {
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

  it('begins anew after a week, also where it was opened again, and keeps nothing longer than a month', () => {
    const day_ms = 86_400_000;
    let now = Date.parse('2026-11-21T09:30:00.000Z');
    const open = () => createFileLog(path, { now: () => now });
    const first = open();
    first.info('first');
    first.close();
    now += 6 * day_ms;
    const second = open();
    second.info('second');
    second.flush();
    expect(readdirSync(folder)).toEqual(['till.log']);
    now += 2 * day_ms;
    second.info('third');
    second.close();
    expect(lines()).toMatchObject([{ event: 'third' }]);
    expect(lines(`${path}.1`)).toMatchObject([{ event: 'first' }, { event: 'second' }]);

    utimesSync(`${path}.1`, new Date(now), new Date(now));
    writeFileSync(`${path}.2`, 'old');
    utimesSync(`${path}.2`, new Date(now - 31 * day_ms), new Date(now - 31 * day_ms));
    open().close();
    expect(readdirSync(folder).toSorted()).toEqual(['till.log', 'till.log.1']);
  });

  it('keeps nobody from working when it can’t be written to', () => {
    const log = createFileLog(path);
    rmSync(folder, { recursive: true });
    log.info('a');
    expect(log.fault('b', 'c')).toHaveLength(4);
    log.close();
  });
});
