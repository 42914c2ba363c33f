import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { isSound, removeTorture, runTorture } from '../../commands/torture/run.ts';

const folder = mkdtempSync(join(tmpdir(), 'evertill-torture-'));
afterAll(() => removeTorture(folder));

// Each fault once, whatever it takes. Hours of it: `npm run torture`. Windows has no SIGSTOP.
it.skipIf(process.platform === 'win32')(
  'three tills and their head office, killed, frozen, shut down and set back, lose and double nothing',
  async () => {
    const result = await runTorture({
      seconds: 0,
      seed: 20_261_121,
      tills: 3,
      folder,
      pace_ms: 100,
      frozen_ms: 3_000,
      patience_ms: 240_000,
      report: () => undefined,
    });
    expect(Object.entries(result.faults).filter(([, times]) => times === 0)).toEqual([]);
    expect(result).toMatchObject({ lost: 0, doubled: 0, unknown: 0, wrong_totals: 0, quarantined: 0, findings: [] });
    expect(result).toMatchObject({ heads_equal: true, stock_equal: true, files_whole: true, restores: 1 });
    expect(result.forgotten).toBeGreaterThan(0);
    expect(isSound(result)).toBe(true);
    console.log(`torture: ${result.sales} receipts, in step after ${result.converged_s} s`);
  },
  600_000,
);
