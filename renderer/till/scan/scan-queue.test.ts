import { describe, expect, it } from 'vitest';
import { ScanQueue } from './scan-queue.ts';

describe('the queue of scans', () => {
  it('begins the next code only when the one before is dealt with', async () => {
    const log: string[] = [];
    const gates: (() => void)[] = [];
    const queue = new ScanQueue(
      async (code) => {
        log.push(`begin ${code}`);
        await new Promise<void>((open) => {
          gates.push(open);
        });
        log.push(`end ${code}`);
      },
      () => log.push('fault'),
    );
    queue.add('1');
    queue.add('2');
    queue.add('3');
    expect(queue.waiting).toBe(2);
    for (let at = 0; at < 3; at += 1) {
      gates[at]?.();
      await Promise.resolve().then(() => undefined);
      await Promise.resolve();
      await Promise.resolve();
    }
    expect(log).toEqual(['begin 1', 'end 1', 'begin 2', 'end 2', 'begin 3', 'end 3']);
  });

  it('goes on after a handler that failed, and tells the fault', async () => {
    const log: string[] = [];
    const done = new Promise<void>((resolve) => {
      const queue = new ScanQueue(
        (code) => {
          if (code === '1') throw new Error('no such till');
          log.push(code);
          resolve();
        },
        (fault) => log.push(String(fault)),
      );
      queue.add('1');
      queue.add('2');
    });
    await done;
    expect(log).toEqual(['Error: no such till', '2']);
  });

  it('takes a code again after it had run dry', async () => {
    const log: string[] = [];
    const queue = new ScanQueue(
      (code) => {
        log.push(code);
      },
      () => undefined,
    );
    queue.add('1');
    await Promise.resolve();
    await Promise.resolve();
    queue.add('2');
    expect(log).toEqual(['1', '2']);
  });
});
