import { expect, test } from 'vitest';
import { officeLocale } from './office-locale.ts';

test('a store that speaks the language of the console has it its way', () => {
  expect(officeLocale('en', 'en-US')).toBe('en-US');
  expect(officeLocale('de', 'de-AT')).toBe('de-AT');
  expect(officeLocale('ar', 'ar-KW-u-nu-latn')).toBe('ar-KW-u-nu-latn');
});

test('without a store the language is written as it usually is', () => {
  expect(officeLocale('en', null)).toBe('en-GB');
  expect(officeLocale('de', null)).toBe('de-DE');
});

test('a store of another language lends its digits and its clock', () => {
  const at = new Date('2026-11-20T15:04:00Z');
  const write = (locale: string) =>
    new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }).format(at);
  expect(write(officeLocale('de', 'en-GB'))).toBe('20. November 2026 um 15:04');
  expect(write(officeLocale('ar', 'en-GB'))).toMatch(/نوفمبر.*15:04/);
  expect(write(officeLocale('de', 'ar-EG-u-nu-arab'))).toMatch(/٢٠.*November/);
  expect(write(officeLocale('de', 'en-US'))).toMatch(/03:04 PM|3:04 PM/);
});
