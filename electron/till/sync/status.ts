/** What the sync engine says of itself; the till adds what its own file knows. */
export interface SyncStatusAnswer {
  readonly state: 'confirmed' | 'waiting' | 'offline' | 'refused';
  readonly clock_offset_ms: number | null;
  readonly reason: string | null;
}
