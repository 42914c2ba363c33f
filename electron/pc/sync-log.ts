/** Writes down how the sync is doing, and knows the incident of what keeps it from its head office. */
import { faultText } from '../../shared/fault-text.ts';
import type { Log } from '../../shared/log.ts';
import type { SyncStatus } from '../../sync/ports.ts';

export interface SyncLog {
  /** Something happened that should not have. */
  report(error: unknown): void;
  /** The sync says how it stands. */
  shown(status: SyncStatus): void;
  /** The incident of the fault that the sync stands in; null for what is nobody's fault: a line that is down. */
  incident(status: Pick<SyncStatus, 'state' | 'fault'>): string | null;
}

/** A fault that comes again each time it is tried is written down once, under one incident, until all is in step again. */
export function createSyncLog(log: Log): SyncLog {
  let last: { readonly text: string; readonly incident: string } | undefined;
  let before = '';
  const report = (error: unknown): void => {
    const text = faultText(error);
    if (last?.text !== text) last = { text, incident: log.fault('sync.fault', error) };
  };
  return {
    report,
    shown: ({ doing, fault, reason, state, waiting }) => {
      if (state === 'confirmed') last = undefined;
      if (fault === 'protocol') report(new Error(`an answer that does not fit what was asked: ${reason ?? ''}`));
      const standing = state === 'confirmed' || state === 'waiting' ? 'connected' : state;
      const now = [standing, fault, reason].join(' ');
      if (now === before) return;
      before = now;
      const facts = { state: standing, doing, fault, reason, waiting, ...(last && { incident: last.incident }) };
      if (standing === 'connected' || fault === null) log.info('sync.state', facts);
      else log.warn('sync.state', facts);
    },
    incident: ({ fault, state }) => {
      if (state !== 'offline' || fault === null || !ours.has(fault)) return null;
      return last?.incident ?? null;
    },
  };
}

/** What is wrong in a program; all others are lines, passwords and servers that rest. */
const ours: ReadonlySet<SyncStatus['fault']> = new Set<SyncStatus['fault']>(['server', 'answer', 'till', 'protocol']);
