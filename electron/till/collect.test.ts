import { constants, PerformanceObserver } from 'node:perf_hooks';
import { expect, it } from 'vitest';
import { collectYoung } from './collect.ts';

it('cleans up young memory at once, and leaves no way to do so behind', async () => {
  const kinds = new Promise<readonly unknown[]>((resolve) => {
    const observer = new PerformanceObserver((list) => {
      observer.disconnect();
      resolve(list.getEntries().map((entry) => ('detail' in entry ? entry.detail : undefined)));
    });
    observer.observe({ entryTypes: ['gc'] });
  });
  collectYoung();
  expect(await kinds).toContainEqual(expect.objectContaining({ kind: constants.NODE_PERFORMANCE_GC_MINOR }));
  expect('gc' in globalThis).toBe(false);
});
