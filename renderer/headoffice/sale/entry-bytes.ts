/** A journal entry's bytes for a person to read. */
import { decodeCanonical, FormatError, type Json } from '../../../shared/journal/canonical.ts';

/** The bytes of base 64. */
export function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

/** As they are stored: one line of text. Bytes that are no UTF-8 show as marks. */
export function storedText(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

/** The value that the bytes hold; undefined where they don't follow the journal's format. */
export function readBytes(bytes: Uint8Array): Json | undefined {
  try {
    return decodeCanonical(bytes);
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}

/** Values that are this short stand on one line. */
const lineLength = 76;

/** A piece of readable JSON: names stand out, whatever is short stays on one line. */
export interface Piece {
  readonly text: string;
  readonly isName: boolean;
}

/** Readable lines, each a list of pieces. */
export function readableLines(value: Json, indent = '', before: readonly Piece[] = [], after = ''): Piece[][] {
  const plain = (text: string): Piece => ({ text, isName: false });
  const short = JSON.stringify(value);
  if (typeof value !== 'object' || value === null || short.length + indent.length <= lineLength) {
    return [[plain(indent), ...before, ...piecesOf(value), plain(after)]];
  }
  const isList = Array.isArray(value);
  const [open, close] = isList ? ['[', ']'] : ['{', '}'];
  const inner = `${indent}  `;
  const entries: readonly (readonly [string | null, Json])[] = isList
    ? value.map((one: Json) => [null, one] as const)
    : Object.entries(value);
  const lines: Piece[][] = [[plain(indent), ...before, plain(open)]];
  for (const [i, [name, one]] of entries.entries()) {
    const own = name === null ? [] : [{ text: JSON.stringify(name), isName: true }, plain(': ')];
    lines.push(...readableLines(one, inner, own, i === entries.length - 1 ? '' : ','));
  }
  lines.push([plain(`${indent}${close}${after}`)]);
  return lines;
}

/** A short value on one line, its names told apart. */
function piecesOf(value: Json): Piece[] {
  const plain = (text: string): Piece => ({ text, isName: false });
  if (typeof value !== 'object' || value === null) return [plain(JSON.stringify(value))];
  if (Array.isArray(value)) {
    return [
      plain('['),
      ...value.flatMap((one: Json, i) => (i === 0 ? piecesOf(one) : [plain(', '), ...piecesOf(one)])),
      plain(']'),
    ];
  }
  return [
    plain('{ '),
    ...Object.entries(value).flatMap(([name, one], i) => [
      ...(i === 0 ? [] : [plain(', ')]),
      { text: JSON.stringify(name), isName: true },
      plain(': '),
      ...piecesOf(one),
    ]),
    plain(' }'),
  ];
}
