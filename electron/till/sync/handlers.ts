import type { OutputOf } from '../../../shared/contract/define.ts';
import type { TillContract } from '../../../shared/contract/till.ts';
import type { QueryContext } from '../context.ts';
import type { Handlers } from '../handler.ts';
import { journalHead, tillIdentity } from '../journal/head.ts';
import { asideOf, closingsThatDiffer, waitingKinds } from './details.ts';
import { entryWrittenAt, findConfirmed } from './standing.ts';

type State = OutputOf<TillContract['sync']['status']>['state'];

export const syncHandlers: Handlers<TillContract['sync']> = {
  status: (context) => {
    const engine = context.ports.headOffice?.status();
    const confirmed = findConfirmed(context.db);
    const headSeq = journalHead(context.db)?.seq ?? 0;
    const waiting = Math.max(0, headSeq - confirmed.seq);
    const state = stateOf(context, waiting);
    return {
      state,
      confirmed_seq: confirmed.seq,
      head_seq: headSeq,
      waiting,
      oldest_waiting_at: waiting === 0 ? null : (entryWrittenAt(context.db, confirmed.seq + 1) ?? null),
      last_confirmed_at: confirmed.at,
      clock_offset_ms: engine?.clock_offset_ms ?? null,
      reason: state === 'offline' || state === 'refused' ? (engine?.reason ?? null) : null,
      doing: state === 'standalone' ? null : (engine?.doing ?? 'resting'),
      fault: state === 'offline' ? (engine?.fault ?? null) : null,
      incident: state === 'offline' ? (engine?.incident ?? null) : null,
    };
  },

  details: ({ db, ports }) => {
    const isJoined = tillIdentity(db)?.authority === 'joined';
    const confirmed_seq = findConfirmed(db).seq;
    return {
      server: isJoined ? (ports.headOffice?.server() ?? null) : null,
      // Alone, nothing waits for anybody.
      waiting: waitingKinds(db, confirmed_seq, isJoined ? (journalHead(db)?.seq ?? 0) : confirmed_seq),
      aside: asideOf(db),
      closings: closingsThatDiffer(db),
    };
  },

  try_now: (context) => {
    context.ports.headOffice?.tryNow();
    return {};
  },
};

/** The engine says whether the head office is reached, the file what waits: of two answers that differ, the file's. */
function stateOf({ db, ports }: QueryContext, waiting: number): State {
  if (ports.headOffice === undefined || tillIdentity(db)?.authority !== 'joined') return 'standalone';
  const engine = ports.headOffice.status()?.state ?? 'offline';
  if (engine === 'offline' || engine === 'refused') return engine;
  return waiting === 0 ? 'confirmed' : 'waiting';
}
