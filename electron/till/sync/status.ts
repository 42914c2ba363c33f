import type { syncDoings, syncFaults } from '../../../shared/contract/till/shapes.ts';

/** What the sync engine says of itself; the till adds what its own file knows. */
export interface SyncStatusAnswer {
  readonly state: 'confirmed' | 'waiting' | 'offline' | 'refused';
  readonly clock_offset_ms: number | null;
  readonly reason: string | null;
  readonly doing: (typeof syncDoings)[number];
  readonly fault: (typeof syncFaults)[number] | null;
  /** Of a fault in a program, as it stands in the log; null for what is nobody's. */
  readonly incident?: string | null;
}

/** Where the head office is. Nothing of it is secret. */
export interface HeadOfficeServer {
  readonly host: string;
  readonly port: number;
  /** False only for a server on this very PC. */
  readonly is_encrypted: boolean;
  /** Which version runs here, and there; null before it was heard, and where it is too old to say. */
  readonly versions: { readonly till: string; readonly headoffice: string | null };
}
