import { describe, expect, it } from 'vitest';
import { AnswerCounts } from './answers.ts';
import { expose, figure, figuresBy } from './exposition.ts';

describe('what Prometheus reads', () => {
  it('has help, type and each sample on a line of its own, and ends with a line feed', () => {
    const tills = figuresBy('gauge', 'evertill_tills', 'Tills by state.', 'state', { equal: 2, waiting: 0 });
    const sent = figure('counter', 'evertill_entries_accepted_total', 'Entries held.', 412);
    expect(expose([tills, sent])).toBe(
      `# HELP evertill_tills Tills by state.
# TYPE evertill_tills gauge
evertill_tills{state="equal"} 2
evertill_tills{state="waiting"} 0
# HELP evertill_entries_accepted_total Entries held.
# TYPE evertill_entries_accepted_total counter
evertill_entries_accepted_total 412
`,
    );
  });

  it('escapes what would end a line or a label', () => {
    const odd = figuresBy('gauge', 'a', 'one\\two\nthree "four"', 'b', { 'x\\y\nz"': 1 });
    expect(expose([odd])).toBe('# HELP a one\\\\two\\nthree "four"\n# TYPE a gauge\na{b="x\\\\y\\nz\\""} 1\n');
  });

  it('writes numbers that are none as Prometheus does', () => {
    const values = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e21, 0.25, -3];
    const lines = values.map((value) => expose([figure('gauge', 'a', 'b', value)]).split('\n')[2]);
    expect(lines).toEqual(['a NaN', 'a +Inf', 'a -Inf', 'a 1e+21', 'a 0.25', 'a -3']);
  });

  it('counts answers by outcome, and their durations in buckets that hold all that is quicker', () => {
    const counts = new AnswerCounts();
    counts.count('sale.list', 'ok', 4);
    counts.count('sale.list', 'ok', 5);
    counts.count('sale.list', 'permission.missing', 300);
    counts.count('sale.list', 'fault.unknown', 60_000);
    const lines = expose(counts.families()).split('\n');
    expect(lines).toContain('evertill_operations_total{operation="sale.list",outcome="ok"} 2');
    expect(lines).toContain('evertill_operations_total{operation="sale.list",outcome="fault.unknown"} 1');
    const bucket = (le: string) => `evertill_operation_duration_seconds_bucket{operation="sale.list",le="${le}"}`;
    expect(lines).toContain(`${bucket('0.005')} 2`);
    expect(lines).toContain(`${bucket('0.25')} 2`);
    expect(lines).toContain(`${bucket('0.5')} 3`);
    expect(lines).toContain(`${bucket('30')} 3`);
    expect(lines).toContain(`${bucket('+Inf')} 4`);
    expect(lines).toContain('evertill_operation_duration_seconds_count{operation="sale.list"} 4');
    expect(lines).toContain('evertill_operation_duration_seconds_sum{operation="sale.list"} 60.309');
    // Each family is told once, whatever it holds.
    expect(lines.filter((line) => line.startsWith('# TYPE'))).toHaveLength(2);
  });
});
