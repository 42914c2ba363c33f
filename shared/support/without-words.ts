/** A record without what somebody typed: what was done stays, why somebody says that it was done does not. */

/** What a person writes in their own words, whatever it is a part of: `reason`, `price_reason`, `note`. */
const words = /(?:^|_)(?:reason|note|notes|comment|text)$/u;

export const leftOut = '[left out]';

export function withoutWords(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutWords);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, inner]) => [
    name,
    words.test(name) && typeof inner === 'string' ? leftOut : withoutWords(inner),
  ]);
  return Object.fromEntries(entries);
}
