import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromHex, isUuid, toHex, uuidFromBytes, uuidToBytes } from '../../shared/ids.ts';

test('a UUID goes to 16 bytes and back', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
      const id = uuidFromBytes(bytes);
      expect(isUuid(id)).toBe(true);
      expect(uuidToBytes(id)).toEqual(bytes);
      expect(id.replaceAll('-', '')).toBe(toHex(bytes));
      expect(fromHex(toHex(bytes))).toEqual(bytes);
    }),
  );
});

test('what is no UUID, no 16 bytes and no hexadecimal is refused', () => {
  for (const text of [
    '',
    '0190FFFF-0000-7000-8000-000000000001',
    '{0190ffff-0000-7000-8000-000000000001}',
    '0190ffff00007000800000000000000001',
  ])
    expect(() => uuidToBytes(text as never)).toThrow(TypeError);
  expect(() => uuidFromBytes(new Uint8Array(15))).toThrow(TypeError);
  expect(() => fromHex('abc')).toThrow(TypeError);
  expect(() => fromHex('AB')).toThrow(TypeError);
});
