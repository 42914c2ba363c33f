import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EnrolmentCode, formatCode, readCode } from './enrolment-code.ts';

const hex = (digits: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: digits, maxLength: digits });

const codes: fc.Arbitrary<EnrolmentCode> = fc.record({
  host: fc.constantFrom('db.example.com', '127.0.0.1', '::1', 'head-office.lan'),
  port: fc.integer({ min: 1, max: 65_535 }),
  database: fc.constantFrom('harbour', 'shop_2', 'test-db'),
  login: hex(10),
  secret: hex(30),
  ca_fingerprint: fc.option(hex(32)),
});

describe('an enrolment code as text', () => {
  it('comes back as it was, however it is typed', () => {
    fc.assert(
      fc.property(codes, fc.boolean(), fc.boolean(), (code, lower, spaced) => {
        let text = formatCode(code);
        if (lower) text = text.toLowerCase();
        if (spaced) text = ` ${text.replaceAll('-', ' - ')} `.replaceAll('0', 'o').replaceAll('1', 'l');
        // The place has digits and hyphens of its own: only the groups are typed loosely.
        const place = formatCode(code).slice(0, formatCode(code).lastIndexOf('/'));
        const groups = text.slice(text.lastIndexOf('/') + 1);
        expect(readCode(`${place}/${groups}`)).toEqual({ ok: true, code });
      }),
      { seed: 11 },
    );
  });

  it('tells any one letter that was typed wrong, in the place as well', () => {
    fc.assert(
      fc.property(codes, fc.nat(), fc.constantFrom(...'0123456789ABCDEFGHJKMNPQRSTVWXYZ'), (code, at, letter) => {
        const text = formatCode(code);
        const i = at % text.length;
        const typed = text.slice(0, i) + letter + text.slice(i + 1);
        const read = readCode(typed);
        if (read.ok) expect(read.code).toEqual(code);
        else expect(['shape', 'mistyped']).toContain(read.fault);
      }),
      { seed: 11, numRuns: 500 },
    );
  });

  it('tells two letters that changed places', () => {
    const text = formatCode({
      host: 'db.example.com',
      port: 5432,
      database: 'harbour',
      login: '0123456789',
      secret: '0123456789abcdef0123456789abcd',
      ca_fingerprint: null,
    });
    const cut = text.lastIndexOf('/') + 1;
    for (let i = cut; i + 1 < text.length; i += 1) {
      const [a = '', b = ''] = [text[i], text[i + 1]];
      if (a === b || a === '-' || b === '-') continue;
      expect(readCode(text.slice(0, i) + b + a + text.slice(i + 2))).toMatchObject({ ok: false });
    }
  });

  it.each([
    '',
    'hello',
    'db.example.com/harbour/0000',
    'db:5432/harbour/',
    'db:99999/harbour/0000-0000',
    'db:5432/ha rb/U',
  ])('is not "%s"', (text) => {
    expect(readCode(text)).toEqual({ ok: false, fault: 'shape' });
  });

  it('does not take parts that could not be read again', () => {
    const code = {
      host: 'db',
      port: 5432,
      database: 'a',
      login: '0'.repeat(10),
      secret: '0'.repeat(30),
      ca_fingerprint: null,
    };
    expect(() => formatCode({ ...code, host: 'a/b' })).toThrow(TypeError);
    expect(() => formatCode({ ...code, secret: '00' })).toThrow(TypeError);
    expect(() => formatCode({ ...code, ca_fingerprint: '00' })).toThrow(TypeError);
  });
});
