/** Troubles that come by themselves, at moments drawn beforehand: PCs that break, are copied or replaced, disks that fill. */
import type { CommandId } from '../../shared/ids.ts';
import { type Fault, faultNames, faults } from './fates.ts';
import type { Floor } from './floor.ts';
import { appendNewer } from './newer.ts';
import type { Pc } from './pc.ts';
import type { Server } from './server.ts';
import { idOf } from './shop.ts';
import type { World } from './world.ts';

export interface Stage {
  readonly world: World;
  readonly floor: Floor;
  readonly server: Server;
  /** A till's file with its tables and nothing in them. */
  readonly blank: string;
  /** How long the world runs before it heals. */
  readonly length_ms: number;
}

const tenYears_ms = 3652 * 86_400_000;

type Trouble = (stage: Stage, id: string, pc: Pc) => void;

/** What each trouble does when it comes. Answers nothing: what it does takes its time. */
const troubles: Partial<Record<Fault, Trouble>> = {
  till_power_off: ({ floor }, id, pc) => {
    if (pc.isOn) floor.crash(pc, id);
  },

  disk_full: ({ world }, id, pc) => {
    pc.isDiskFull = true;
    world.agenda.after(world.draws.spread(`full/${id}`, 1_000, 60_000), () => {
      pc.isDiskFull = false;
    });
  },

  clock_jump: ({ world }, id, pc) => {
    const { draws } = world;
    const sign = draws.chance(`sign/${id}`, 0.5) ? 1 : -1;
    // From a second to ten years either way of the true time.
    world.ledger.jumped.add(pc.options.place.till);
    pc.skew_ms = sign * Math.floor(draws.spread(`jump/${id}`, 1_000, tenYears_ms));
  },

  restore: ({ floor, world }, id, pc) => {
    // Backed up now, put back later.
    const backup = pc.disk.copy();
    world.agenda.after(world.draws.spread(`put back/${id}`, 1_000, 90_000), () => {
      if (world.fate.isOver || pc.isAway) return;
      pc.crash();
      pc.disk.putBack(backup);
      world.trace.note(world.agenda.now_ms, pc.id, `put back to ${id}`);
      floor.noteLoss();
      floor.comeBack(pc, id);
    });
  },

  clone: ({ floor }, id, pc) => {
    const copy = floor.clone(pc, false);
    if (copy !== undefined) floor.comeBack(copy, id);
  },

  clone_disk: ({ floor }, id, pc) => {
    const copy = floor.clone(pc, true);
    if (copy !== undefined) floor.comeBack(copy, id);
  },

  replacement: ({ blank, floor, world }, id, pc) => {
    const fresh = floor.replace(pc, blank);
    if (fresh === undefined) return;
    pc.crash();
    // Perhaps somebody mends it; else it is found again when all is over.
    pc.isAway = true;
    if (world.draws.chance(`mended/${id}`, 0.4)) {
      world.agenda.after(world.draws.spread(`mended after/${id}`, 5_000, 120_000), () => {
        pc.isAway = false;
        pc.powerOn();
      });
    }
    floor.comeBack(fresh, id);
  },

  newer_version: ({ world }, id, pc) => {
    if (!pc.isOn || !pc.isAtHome) return;
    const { product } = world.draws.pick(`${id}/goods`, pc.options.place.goods);
    const quantity_milli = world.draws.chance(`${id}/kind`, 0.5) ? 3000 : null;
    const command = idOf<CommandId>(`${id} of ${pc.id}`);
    const { store, till } = pc.options.place;
    const span = { from_ms: world.agenda.now_ms, to_ms: world.agenda.now_ms };
    const lines = quantity_milli === null ? [] : [{ product, quantity_milli: -quantity_milli, moves: true }];
    const deal = world.ledger.ask({ command, kind: 'adjustment', lines, store, till, span });
    if (!appendNewer(pc.path, { command, product, quantity_milli })) return;
    deal.printed = { number: '', total_minor: 0 };
    pc.engine?.appended();
  },

  central_set_back: ({ floor, server, world }, id) => {
    const { agenda, draws, history, model, trace } = world;
    history.note({ did: 'back_up', backup: id });
    const backup = model.backUp();
    agenda.after(draws.spread(`set back/${id}`, 1_000, 120_000), () => {
      if (world.fate.isOver) return;
      const tags = new Map(
        ['company', ...model.books.stores.keys()].map((stream) => [stream, `${id} ${stream.slice(-4)}`]),
      );
      const incarnation = idOf(id);
      model.setBack(backup, incarnation, (stream) => tags.get(stream) ?? '');
      history.note({ did: 'set_back', backup: id, incarnation, tags });
      trace.note(agenda.now_ms, 'central', `set back to ${id}`);
      server.crash(id);
      floor.noteLoss();
    });
  },
};

/** Draws when troubles come, and lets them. */
export function letTroublesCome(stage: Stage): void {
  const { floor, length_ms, world } = stage;
  const { agenda, draws, fate } = world;
  for (const fault of faultNames) {
    const trouble = troubles[fault];
    if (trouble === undefined || faults[fault].per !== 'world') continue;
    const count = countOf(draws.at(`how many/${fault}`), fate.rate(fault));
    for (let i = 0; i < count; i += 1) {
      const id = `${fault} ${i}`;
      if (fate.isOmitted(id)) continue;
      agenda.after(draws.at(`when/${id}`) * length_ms, () => {
        if (fate.isOver) return;
        const pc = draws.pick(`whose/${id}`, floor.pcs);
        fate.happened(fault, id);
        trouble(stage, id, pc);
      });
    }
  }
}

/** How many of something there are of which so many are expected (Poisson), for a draw. */
function countOf(draw: number, expected: number): number {
  let share = Math.exp(-expected);
  let sum = share;
  let count = 0;
  while (draw > sum && count < 50) {
    count += 1;
    share *= expected / count;
    sum += share;
  }
  return count;
}
