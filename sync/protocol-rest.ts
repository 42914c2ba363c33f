/** Steps that the protocol takes in every phase: resting after a failure or a refusal, and measuring the clock. */
import type { RefusedReason, SyncFault } from './ports.ts';
import { protocolLimits, type Step, type SyncState } from './protocol-state.ts';

export function rest(state: SyncState, failure: string, random: number, fault: SyncFault = 'protocol'): Step {
  const { rest_least_ms: least, rest_most_ms: most } = protocolLimits;
  const ceiling = Math.min(most, least * 2 ** Math.min(10, state.failures + 1));
  return layDown(
    { ...state, failures: state.failures + 1, refused: null, failure, fault },
    Math.round(least + random * (ceiling - least)),
  );
}

export function refuse(state: SyncState, reason: RefusedReason): Step {
  return layDown({ ...state, refused: reason, failure: null, fault: null }, protocolLimits.refused_ms);
}

function layDown(state: SyncState, ms: number): Step {
  return [
    { ...state, phase: 'resting', greeted_again: 0, tried_now: false },
    [
      { type: 'clear_timers' },
      { type: 'disconnect' },
      { type: 'set_timer', timer: 'rest', ms: state.tried_now ? 0 : ms },
      { type: 'show_status' },
    ],
  ];
}

export function asRefused(reason: string): RefusedReason {
  return reason === 'installation' || reason === 'deactivated' ? reason : 'chain';
}

/** The till's clock less the server's, taking the middle between question and answer as the moment of the answer. */
export function measured(state: SyncState, server_time: string, at: number): SyncState {
  const clock_offset_ms = Math.round((state.called_at + at) / 2 - Date.parse(server_time));
  return { ...state, clock_offset_ms };
}
