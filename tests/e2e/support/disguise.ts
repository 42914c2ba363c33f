/** A till that answers what a stand of the list wants, where a shop in which it is so would take minutes to make. */
import type { Call, Invoke } from '../../../shared/contract/client.ts';
import type { Result } from '../../../shared/contract/errors.ts';
import type { TillStand } from '../../../commands/screens/till-list.ts';
import type { Disguise } from './shop.ts';

export interface Disguised {
  readonly as: Disguise;
  /** From now on, for windows that are loaded anew. */
  become(stand: TillStand): void;
}

const far = { code: 'shift.date_far', data: { date: '2026-11-25', last: '2026-11-21' } } as const;
const fault = { code: 'fault.unknown', data: { incident: '7F3K' } } as const;
const takenOver = { entries: 412, shift: { number: 12, opened_at: '2026-11-21T07:45:00.000Z', opened_by: null } };

export function disguised(): Disguised {
  let stand: TillStand = 'manager';
  let hasJoined = false;
  return {
    become: (next) => {
      stand = next;
      hasJoined = false;
    },
    as: (invoke) => async (call) => await answer(invoke, call),
  };

  async function answer(invoke: Invoke, call: Call): Promise<Result<unknown>> {
    const changed = async (change: (value: never) => unknown): Promise<Result<unknown>> => {
      const result = await invoke(call);
      return result.ok ? { ok: true, value: change(result.value as never) } : result;
    };
    switch (call.operation) {
      case 'setup.status':
        // Asked until the test ends, and never answered.
        if (stand === 'silent') return await new Promise(() => undefined);
        return await changed((status: object) => {
          if (stand === 'closed') return { ...status, demo: false };
          if (stand === 'joined just now') return { ...status, settings: null };
          const isNew = stand === 'new' || (stand === 'taken over' && !hasJoined);
          return isNew ? { ...status, done: false } : status;
        });
      case 'setup.join':
        hasJoined = true;
        return { ok: true, value: { till_code: 'HS1', taken_over: takenOver } };
      case 'session.choices':
        return await changed((choices: { people: readonly unknown[] }) => {
          if (stand === 'nobody') return { people: [] };
          return stand === 'one person' ? { people: choices.people.slice(0, 1) } : choices;
        });
      case 'session.current':
        return stand === 'failing' ? { ok: false, error: fault } : await invoke(call);
      case 'shift.open':
        return stand === 'closed' ? { ok: false, error: far } : await invoke(call);
      default:
        return await invoke(call);
    }
  }
}
