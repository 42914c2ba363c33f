/**
 * The JSON of the journal: what every side reads the same way.
 *
 * An entry's hash is over its bytes, so the bytes must have one meaning: in JavaScript, in PostgreSQL's jsonb, and in
 * whatever reads them in ten years. Hence no U+0000 and no lone surrogate (jsonb refuses them), whole numbers within
 * ±(2^53 − 1) only (beyond it a double blurs them), no nesting beyond {@link maxDepth}, no duplicate key, no white
 * space: the one text that `JSON.stringify` makes of the value.
 *
 * A name of a field is `[a-z][a-z0-9_]*`. So `__proto__`, which some readers lose, is none; nor is `7`, which
 * JavaScript moves to the front and nobody else does: the text keeps the order in which it was written.
 */
import { maxDepth, maxEntryBytes, maxKeyLength } from './limits.ts';

/** Any value that the journal can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export type FormatFault =
  | 'too_large'
  | 'too_deep'
  | 'not_utf8'
  | 'not_json'
  | 'not_canonical'
  | 'text_refused'
  | 'key_refused'
  | 'number_refused'
  | 'value_refused'
  | 'envelope_refused'
  | 'body_refused';

/** Bytes or values that the journal's format does not allow. `fault` says which rule; `where` a path into the value. */
export class FormatError extends Error {
  override readonly name = 'FormatError';
  readonly fault: FormatFault;
  readonly where: string;
  constructor(fault: FormatFault, where: string) {
    super(`journal format: ${fault} at ${where === '' ? 'the root' : where}`);
    this.fault = fault;
    this.where = where;
  }
}

const encoder = new TextEncoder();
const keyPattern = /^[a-z][a-z0-9_]*$/;
// A byte order mark is content here (and then not JSON), never skipped: the hash has seen it.
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The bytes of a value. Throws {@link FormatError} for what the format refuses. */
export function encodeCanonical(value: unknown, maxBytes: number = maxEntryBytes): Uint8Array {
  check(value, []);
  const bytes = encoder.encode(JSON.stringify(value));
  if (bytes.length > maxBytes) throw new FormatError('too_large', '');
  return bytes;
}

/** The value that bytes hold. Throws {@link FormatError} unless the bytes are the canonical text of it. */
export function decodeCanonical(bytes: Uint8Array, maxBytes: number = maxEntryBytes): Json {
  if (bytes.length > maxBytes) throw new FormatError('too_large', '');
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    throw new FormatError('not_utf8', '');
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new FormatError('not_json', '');
  }
  check(value, []);
  // Duplicate keys, white space, other escapes, 1e3 and -0 all fail here: they would come back as another text.
  if (JSON.stringify(value) !== text) throw new FormatError('not_canonical', '');
  // check() has walked the whole value: nothing but Json is in it.
  return value as Json;
}

/** Throws for what the format refuses. `path` leads to the value; it is one array for the whole walk, of every sale. */
function check(value: unknown, path: (string | number)[]): void {
  switch (typeof value) {
    case 'string':
      checkText(value, path);
      return;
    case 'number':
      if (!Number.isSafeInteger(value)) refuse('number_refused', path);
      return;
    case 'boolean':
      return;
    case 'object':
      break;
    default:
      refuse('value_refused', path);
  }
  if (value === null) return;
  if (path.length >= maxDepth) refuse('too_deep', path);
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i += 1) {
      path.push(i);
      check(value[i], path);
      path.pop();
    }
    return;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) refuse('value_refused', path);
  // The switch above has left nothing but objects, and own enumerable fields are what JSON.stringify writes.
  const fields = value as Readonly<Record<string, unknown>>;
  for (const key of Object.keys(fields)) {
    if (!soundKeys.has(key)) checkKey(key, path);
    const inner = fields[key];
    // An optional field that is left out may be present as undefined; JSON.stringify leaves it out too.
    if (inner === undefined) continue;
    path.push(key);
    check(inner, path);
    path.pop();
  }
}

/** Names that were found sound: the same few dozen in every entry. Bounded, since a reader meets what others wrote. */
const soundKeys = new Set<string>();
const soundKeysKept = 500;

function checkKey(key: string, path: readonly (string | number)[]): void {
  checkText(key, path);
  if (key.length > maxKeyLength || !keyPattern.test(key)) refuse('key_refused', path);
  if (soundKeys.size < soundKeysKept) soundKeys.add(key);
}

function checkText(text: string, path: readonly (string | number)[]): void {
  if (text.includes('\u0000') || !text.isWellFormed()) refuse('text_refused', path);
}

function refuse(fault: FormatFault, path: readonly (string | number)[]): never {
  throw new FormatError(fault, path.map((part) => `/${part}`).join(''));
}
