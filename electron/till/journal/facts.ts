/** What an entry says that the chain alone does not judge: the columns beside it, its body, the facts it took over. */
import { uuidFromBytes } from '../../../shared/ids.ts';
import { openAdopted } from '../../../shared/journal/adopted.ts';
import { FormatError } from '../../../shared/journal/canonical.ts';
import type { Envelope } from '../../../shared/journal/envelope.ts';
import { isKnownKind, kinds } from '../../../shared/journal/kinds.ts';
import { sha256 } from './sha256.ts';

/** A row of the journal: columns that are copies of the entry, for queries. */
export interface Columns {
  readonly seq: number;
  readonly hash: Uint8Array;
  readonly epoch: number;
  readonly kind: string;
  readonly version: number;
  readonly command: Uint8Array;
  readonly n: number;
  readonly at: string;
  readonly business_date: string | null;
  readonly bytes: Uint8Array;
}

/** Whether a row has the types that its table promises. A file from elsewhere may promise nothing. */
export function isWellTyped(row: Columns): boolean {
  const blobs: readonly unknown[] = [row.hash, row.command, row.bytes];
  return blobs.every((blob) => blob instanceof Uint8Array) && row.hash.length === 32 && row.command.length === 16;
}

/** A column that differs from the entry is a lie, even when the bytes are whole. */
export function columnFault(row: Columns, envelope: Envelope): string | undefined {
  const copies = { ...row, command: uuidFromBytes(row.command) };
  for (const name of ['seq', 'epoch', 'kind', 'version', 'command', 'n', 'at', 'business_date'] as const) {
    if (copies[name] !== envelope[name])
      return `${name} is ${String(copies[name])} beside the entry, ${String(envelope[name])} in it`;
  }
  return undefined;
}

/** The entry itself, or the fact inside it where it was adopted. The chain has proved it. */
export function factOf(envelope: Envelope): Envelope {
  return envelope.kind === 'adopted' ? (openAdopted(sha256, envelope).at(-1)?.envelope ?? envelope) : envelope;
}

/** What is wrong with the body of a kind that this version knows. */
export function bodyFault({ kind, version, body }: Envelope): string | undefined {
  if (!isKnownKind(kind, version)) return undefined;
  try {
    kinds[kind].read(body);
    return undefined;
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return error.message;
  }
}
