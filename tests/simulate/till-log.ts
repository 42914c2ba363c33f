import { type Log, logTo } from '../../shared/log.ts';
import { accuse, type World } from './world.ts';

/** The log of a PC: into the world's trace, which is the same each time a world is played, as long as the PC is switched on. */
export function tillLog(world: World, pc: string, life: { readonly id: string; readonly isOver: boolean }): Log {
  return logTo(
    (level, event, facts) => {
      // How long an operation took is another time each run.
      if (life.isOver || event === 'operation') return;
      const told = JSON.stringify(facts);
      world.trace.note(world.agenda.now_ms, life.id, level === 'info' ? event : `${event} ${told}`);
      if (event === 'operation.fault' || event === 'listener.fault') accuse(world, 'incident', `${pc}: ${told}`);
      if (event === 'feed.row_refused') accuse(world, 'row_refused', `${pc}: ${told}`);
    },
    (length) => new Uint8Array(length),
  );
}
