import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { faultText } from './fault-text.ts';

/** What came of work that fails. */
function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('it did not fail');
}

describe('the text of a fault', () => {
  it('says what it was, where, and what caused it', () => {
    const text = faultText(new TypeError('the basket is odd', { cause: new RangeError('so is the line') }));
    expect(text).toMatch(/^TypeError: the basket is odd\n {2}at .*shared\/fault-text\.test\.ts:\d+:\d+/u);
    expect(text).toContain('caused by RangeError: so is the line');
  });

  it('has the code of a database or a system, and nothing of the row', () => {
    const error = Object.assign(new Error('invalid input syntax for type uuid: "Elena Marsh"'), {
      code: '22P02',
      detail: 'Key (login)=(elena) already exists.',
    });
    expect(faultText(error)).toMatch(/^Error \[22P02\]: invalid input syntax for type uuid: "…"/u);
    expect(faultText(error)).not.toMatch(/elena/iu);
  });

  it('quotes nothing that was read', () => {
    const read = faultText(thrownBy(() => JSON.parse('{"pin": 1379, oh')));
    expect(read).not.toContain('1379');
    const parsed = thrownBy(() => z.strictObject({ pin: z.int() }).parse({ pin: 'hunter2', 'elena@x.org': 1 }));
    expect(faultText(parsed)).toContain('pin invalid_type');
    expect(faultText(parsed)).not.toMatch(/hunter2|elena/u);
    expect(faultText('who is "Elena"')).toBe('who is "…"');
    expect(faultText(new Error('no mail to elena@example.org'))).not.toContain('elena');
  });

  it('names no folder of a user', () => {
    const error = new Error('x');
    error.stack = [
      'Error: x',
      '    at open (C:\\Users\\Elena Marsh\\AppData\\Evertill\\resources\\app.asar\\dist\\shell\\main.cjs:12:3)',
      '    at file:///home/elena/evertill/electron/till/app.ts:1:2',
      '    at async node:internal/process/task_queues:103:5',
      '    at /home/elena/odd.js:4:5',
    ].join('\n');
    expect(faultText(error)).toBe(
      [
        'Error: x',
        '  at open (dist\\shell\\main.cjs:12:3)',
        '  at electron/till/app.ts:1:2',
        '  at node:internal/process/task_queues:103:5',
        '  at odd.js:4:5',
      ].join('\n'),
    );
  });

  it('takes whatever is thrown', () => {
    expect(faultText(undefined)).toBe('something of type undefined was thrown');
    expect(faultText({ pin: 1 })).toBe('something of type object was thrown');
    const circle = new Error('a');
    circle.cause = circle;
    expect(faultText(circle).length).toBeLessThanOrEqual(6000);
  });
});
