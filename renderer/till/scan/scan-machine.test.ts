import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  elapse,
  noScan,
  strike,
  usualScanRules,
  type ScanAction,
  type ScanState,
  type ScanStroke,
} from './scan-machine.ts';

interface Typed extends Partial<Omit<ScanStroke, 'at_ms'>> {
  readonly gap: number;
}

/** Plays keystrokes through the machine as the listener does, silence included; tells what reached where. */
function play(keys: readonly Typed[]): {
  passed: string;
  scans: string[];
  cutOff: string[];
  takenBack: number;
  swallowed: string;
} {
  let state: ScanState = noScan;
  let at_ms = 1000;
  let wakeAt_ms: number | undefined;
  let held = '';
  const seen = { passed: '', scans: [] as string[], cutOff: [] as string[], takenBack: 0, swallowed: '' };
  const act = (action: ScanAction): void => {
    if (action.type === 'scan') seen.scans.push(action.code);
    else if (action.type === 'cutOff') seen.cutOff.push(action.code);
    else if (action.type === 'replay') seen.passed += held;
    else seen.takenBack += 1;
    if (action.type === 'replay' || action.type === 'takeBack') held = '';
  };
  const silence = (until: number): void => {
    while (wakeAt_ms !== undefined && wakeAt_ms < until) {
      const step = elapse(state, wakeAt_ms + 1, usualScanRules);
      state = step.state;
      wakeAt_ms = step.wakeAt_ms;
      for (const action of step.actions) act(action);
    }
  };
  for (const key of keys) {
    at_ms += key.gap;
    silence(at_ms);
    const name = key.key ?? '1';
    const stroke = {
      code: /^\d$/u.test(name) ? `Digit${name}` : name,
      hasShift: false,
      hasModifier: false,
      isRepeat: false,
      canTakeBack: true,
      ...key,
      key: name,
      at_ms,
    };
    const step = strike(state, stroke, usualScanRules);
    state = step.state;
    wakeAt_ms = step.wakeAt_ms;
    for (const action of step.actions) act(action);
    const letter = name.length === 1 ? name : `<${name}>`;
    if (step.fate === 'pass') seen.passed += letter;
    else if (step.fate === 'hold') held += letter;
    else seen.swallowed += letter;
  }
  silence(at_ms + 10_000);
  return seen;
}

function burst(code: string, gap = 8, suffix = 'Enter'): Typed[] {
  return [...code].map((key, at): Typed => ({ key, gap: at === 0 ? 500 : gap })).concat({ key: suffix, gap });
}

describe('a scan', () => {
  it('is told by its timing, and takes its first character back out of the field', () => {
    expect(play(burst('5012345678900'))).toEqual({
      passed: '5',
      scans: ['5012345678900'],
      cutOff: [],
      takenBack: 1,
      swallowed: '2345678900<Enter>',
    });
  });

  it('lets nothing through at all where nothing can be taken back', () => {
    const seen = play(burst('5012345678900').map((key) => ({ ...key, canTakeBack: false })));
    expect(seen.passed).toBe('');
    expect(seen.scans).toEqual(['5012345678900']);
  });

  it('may end with Tab, or the Enter of the number block', () => {
    expect(play(burst('40012345', 8, 'Tab')).scans).toEqual(['40012345']);
    expect(play(burst('40012345', 8, 'NumpadEnter')).scans).toEqual(['40012345']);
  });

  it('may follow another at once, in order', () => {
    const next = burst('22222222');
    next[0] = { key: '2', gap: 6 };
    const seen = play([...burst('11111111'), ...next]);
    expect(seen.scans).toEqual(['11111111', '22222222']);
    expect(seen.takenBack).toBe(2);
  });

  it('is read by the place of the keys, so any layout gives the digits', () => {
    const french = ['&', 'é', '"', "'", '('].map((key, at): Typed => ({ key, code: `Digit${String(at + 1)}`, gap: 6 }));
    expect(play([...french, { key: 'Enter', gap: 6 }]).scans).toEqual(['12345']);
    const shifted = ['1', '2', '3', '4'].map((key): Typed => ({ key, code: `Digit${key}`, hasShift: true, gap: 6 }));
    expect(play([...shifted, { key: 'Enter', gap: 6 }]).scans).toEqual(['1234']);
    const arabic = ['١', '٢', '٣', '٤'].map((key, at): Typed => ({ key, code: `Digit${String(at + 1)}`, gap: 6 }));
    expect(play([...arabic, { key: 'Enter', gap: 6 }]).scans).toEqual(['1234']);
  });

  it('may hold letters, Shift, spaces and the separator of GS1', () => {
    const keys: Typed[] = [
      { key: 'Shift', gap: 500 },
      { key: 'A', hasShift: true, gap: 4 },
      { key: 'Shift', gap: 4 },
      { key: 'B', hasShift: true, gap: 4 },
      { key: ' ', gap: 4 },
      { key: '1', gap: 4 },
      { key: ']', code: 'BracketRight', hasModifier: true, gap: 4 },
      { key: '9', gap: 4 },
      { key: 'Enter', gap: 4 },
    ];
    expect(play(keys).scans).toEqual(['AB 1\u001d9']);
  });

  it('is mended after a stall that came too early to be sure, if its check digit proves it', () => {
    const keys = burst('4006381333931');
    keys[1] = { key: '0', gap: 90 };
    expect(play(keys)).toMatchObject({ scans: ['4006381333931'], passed: '40', takenBack: 2 });
    keys[1] = { key: '0', gap: 8 };
    keys[2] = { key: '0', gap: 90 };
    expect(play(keys)).toMatchObject({ scans: ['4006381333931'], takenBack: 2 });
  });

  it('takes nothing of a hand that typed just before it', () => {
    const hand = Array.from('12.5', (key): Typed => ({ key, gap: 90 }));
    for (const code of ['4006381333931', '77512']) {
      const keys = burst(code);
      keys[0] = { key: code[0] ?? '', gap: 50 };
      expect(play([...hand, ...keys].map((key) => ({ ...key, canTakeBack: false })))).toMatchObject({
        scans: [code],
        passed: '12.5',
        takenBack: 1,
      });
    }
  });

  it('leaves a hand its digit even where that would prove itself too, as a zero before a UPC does', () => {
    const keys = burst('036000291452');
    keys[0] = { key: '0', gap: 50 };
    expect(play([{ key: '0', gap: 500 }, ...keys].map((key) => ({ ...key, canTakeBack: false })))).toMatchObject({
      scans: ['036000291452'],
      passed: '0',
    });
  });

  it('survives a stall once it is sure', () => {
    const keys = burst('5012345678900');
    keys[9] = { key: '8', gap: 110 };
    expect(play(keys).scans).toEqual(['5012345678900']);
  });

  it('that is cut off is told and sells nothing', () => {
    const seen = play(burst('5012345678900').slice(0, 9));
    expect(seen.scans).toEqual([]);
    expect(seen.cutOff).toEqual(['501234567']);
    expect(seen.passed).toBe('5');
    expect(seen.takenBack).toBe(1);
  });
});

describe('a hand', () => {
  it('gets every key at once when it types at a hand’s pace', () => {
    const keys = Array.from('12.50', (key): Typed => ({ key, gap: 60 }));
    const seen = play([...keys, { key: 'Enter', gap: 60 }]);
    expect(seen).toMatchObject({ passed: '12.50<Enter>', scans: [], cutOff: [], takenBack: 0 });
  });

  it('keeps the order of keys that it rolled together', () => {
    const keys: Typed[] = [
      { key: '1', gap: 300 },
      { key: '2', gap: 20 },
      { key: '5', gap: 30 },
      { key: 'Backspace', gap: 20 },
      { key: '7', gap: 200 },
      { key: 'Enter', gap: 25 },
    ];
    expect(play(keys).passed).toBe('125<Backspace>7<Enter>');
  });

  it('types three quick digits and Enter: too short for a code', () => {
    expect(play(burst('123'))).toMatchObject({ passed: '123<Enter>', scans: [], swallowed: '' });
  });

  it('holds a key down', () => {
    const keys = Array.from({ length: 12 }, (_, at): Typed => ({ key: '0', gap: 30, isRepeat: at > 0 }));
    expect(play(keys)).toMatchObject({ passed: '0'.repeat(12), scans: [], cutOff: [] });
  });

  it('presses a chord, a function key, or a button with the space bar', () => {
    const keys: Typed[] = [
      { key: 'z', code: 'KeyZ', hasModifier: true, gap: 10 },
      { key: 'F10', gap: 10 },
      { key: ' ', gap: 200, canTakeBack: false },
    ];
    expect(play(keys).passed).toBe('z<F10> ');
  });

  it('never loses, doubles or reorders a key, whatever the pace', () => {
    const key = fc.record({
      key: fc.constantFrom('0', '1', '7', '.', 'a', 'Backspace', 'F9'),
      gap: fc.integer({ min: 36, max: 400 }),
      canTakeBack: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(key, { maxLength: 40 }), (keys) => {
        const typed = keys.map(({ key: name }) => (name.length === 1 ? name : `<${name}>`)).join('');
        const seen = play(keys);
        expect(seen.passed).toBe(typed);
        expect(seen.scans).toEqual([]);
      }),
    );
  });
});

describe('hand and scanner together', () => {
  it('come apart: every code whole and in order, every key of the hand in its field', () => {
    const hand = fc.record({ kind: fc.constant('hand' as const), text: fc.stringMatching(/^[0-9a-z]{1,6}$/u) });
    const scan = fc.record({ kind: fc.constant('scan' as const), text: fc.stringMatching(/^[0-9]{4,20}$/u) });
    fc.assert(
      fc.property(fc.array(fc.oneof(hand, scan), { maxLength: 12 }), fc.integer({ min: 1, max: 35 }), (parts, gap) => {
        const keys = parts.flatMap((part) =>
          part.kind === 'scan' ? burst(part.text, gap) : [...part.text].map((key): Typed => ({ key, gap: 80 })),
        );
        const seen = play(keys.map((key) => ({ ...key, canTakeBack: false })));
        expect(seen.scans).toEqual(parts.filter(({ kind }) => kind === 'scan').map(({ text }) => text));
        const typed = parts.filter(({ kind }) => kind === 'hand').map(({ text }) => text);
        expect(seen.passed).toBe(typed.join(''));
      }),
    );
  });
});
