/** Runs one world, from a seed: people sell, everything goes wrong that can, then all heals and is held against the receipts. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Agenda, settled } from './agenda.ts';
import { CentralModel } from './central/model.ts';
import { watchDisk } from './disk.ts';
import { Draws } from './draws.ts';
import { drawRates, type Fault } from './fates.ts';
import { Floor } from './floor.ts';
import { heal } from './healing.ts';
import { drawShops, letShopsJoin } from './joiners.ts';
import { History } from './history.ts';
import { Ledger } from './ledger.ts';
import { letOfficeWork } from './office.ts';
import { judge } from './oracle.ts';
import { unlessCrashed } from './crash.ts';
import { Server } from './server.ts';
import { companyTag, furnish, mostStores, opening, storeId, storeTag, type TillPlace, tillPlace } from './shop.ts';
import type { Templates } from './templates.ts';
import { Trace } from './trace.ts';
import { letTroublesCome } from './troubles.ts';
import { drawHabits, Tally, type Work } from './work.ts';
import { accuse, Fate, put, type Violation, type World } from './world.ts';

export interface SimulateOptions {
  readonly templates: Templates;
  readonly folder: string;
  /** Faults, turns and tills that are left out, by name. */
  readonly omitted?: ReadonlySet<string>;
  /** Changes what is there before it is judged: for the tests of the judge. */
  readonly tamper?: (world: World, floor: Floor) => void;
  /** Keeps the lines of the trace. */
  readonly isTraced?: boolean;
}

export interface Simulated {
  readonly seed: number;
  readonly tills: number;
  readonly events: number;
  readonly violations: readonly Violation[];
  readonly faults: ReadonlyMap<Fault, number>;
  readonly work: ReadonlyMap<Work, number>;
  /** The faults that happened, by name. */
  readonly struck: readonly string[];
  /** Turns that cashiers took, by name. */
  readonly turns: readonly string[];
  readonly trace: Trace;
  readonly history: History;
  readonly model: CentralModel;
  readonly places: readonly TillPlace[];
  readonly receipts: number;
}

/** Two to twenty tills, mostly few. */
function placesOf(draws: Draws, fate: Fate): readonly TillPlace[] {
  const count = 2 + Math.floor(19 * draws.at('tills') ** 3.5);
  const stores = draws.int('stores', 1, mostStores);
  const all = Array.from({ length: count }, (_, i) => tillPlace(i % stores, Math.floor(i / stores)));
  const left = all.filter(({ label }) => !fate.isOmitted(`till ${label}`));
  // A world without any till is none.
  return left.length === 0 ? all : left;
}

export async function simulate(seed: number, options: SimulateOptions): Promise<Simulated> {
  const draws = new Draws(seed);
  const agenda = new Agenda();
  const trace = new Trace(options.isTraced === true);
  const note = (id: string) => trace.note(agenda.now_ms, 'fate', id);
  const fate = new Fate(draws, drawRates(draws), options.omitted ?? new Set(), note);
  const tills = placesOf(draws, fate);
  const templates = await Promise.all(tills.map(async (place) => await options.templates.of(place)));
  const shops = await drawShops(draws, fate, options.templates);

  const folder = join(options.folder, `world-${seed}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const model = new CentralModel('first', companyTag, () => new Date(opening + agenda.now_ms).toISOString());
  const world: World = {
    draws,
    agenda,
    trace,
    model,
    fate,
    folder,
    ledger: new Ledger(),
    history: new History(() => Math.floor(opening + agenda.now_ms)),
    habits: drawHabits(draws),
    tally: new Tally(),
    violations: [],
  };
  const stores = [...new Set(tills.map(({ storeIndex }) => storeIndex))];
  for (const index of stores) model.addStore(storeId(index), storeTag(index));
  furnish((...row) => put(world, ...row), stores);
  for (const place of tills) {
    const { code, name, store, till } = place;
    model.addTill(place);
    put(world, store, 'till', till, { till, code, name });
  }
  const server = new Server(world);
  // So much is done in a world, by however many; a till that is in it long has time for what takes long.
  const turns = draws.spread('turns', 25, 110);
  const pace_ms = draws.spread('pace', 1_500, 8_000);
  const length_ms = Math.min(240_000, Math.max(40_000, (turns * pace_ms) / (tills.length + shops.length)));
  const floor = new Floor(world, server, watching(world), pace_ms);
  const stopWatching = watchFloor(world, floor);
  try {
    const made = tills.map((place, i) => ({ place, template: templates[i] }));
    for (const { place, template } of [...made, ...shops]) {
      if (template === undefined) throw new Error('each place has a template');
      const pc = floor.putUp(place, template);
      agenda.after(draws.at(`first on/${pc.id}`) * 2_000, () => pc.powerOn());
    }
    const stage = { world, floor, server, blank: options.templates.blank(), length_ms };
    letTroublesCome(stage);
    letOfficeWork(stage);
    letShopsJoin(stage);
    await agenda.runUntil(length_ms);
    await heal(world, floor, server);
    options.tamper?.(world, floor);
    judge(world, floor, options.templates.blank());
    for (const pc of floor.pcs) {
      const end = pc.sync !== undefined && pc.isSetUp() ? `ends at ${pc.sync.head().seq}` : 'ends without a till';
      trace.note(agenda.now_ms, pc.id, end);
    }
    for (const { chain, till } of model.books.tills.values())
      trace.note(agenda.now_ms, till, `${chain.acked_seq} ${chain.head_hash}`);
  } finally {
    stopWatching();
    floor.end();
    rmSync(folder, { recursive: true, force: true });
  }
  await settled();
  return {
    seed,
    tills: tills.length + shops.length,
    events: agenda.events,
    violations: world.violations,
    faults: fate.counts,
    work: world.tally.counts,
    struck: fate.struck,
    turns: fate.turns,
    trace,
    history: world.history,
    model,
    places: [...tills, ...shops.map(({ place }) => place)],
    receipts: [...world.ledger.deals.values()].filter(({ printed }) => printed !== undefined).length,
  };
}

function watching(world: World) {
  const { draws, model } = world;
  return {
    pageRows: draws.pick('page rows', [3, 7, 40, 500]),
    pushEntries: draws.pick('push entries', [3, 12, 200, 200]),
    onConfirmed: (pc: { readonly id: string }, seq: number, hash: string) => {
      if (seq > 0 && !model.everHeld.has(hash)) accuse(world, 'confirmed_unheld', `${pc.id}: ${seq}`);
    },
    onPage: (pc: { readonly id: string; readonly options: { readonly place: TillPlace } }, page: Page) => {
      for (const { kind, row } of page.changes) {
        if (kind === 'transfer') {
          // Rows of this kind name two stores.
          const { from_store, to_store } = row as { readonly from_store: string; readonly to_store: string };
          if (![from_store, to_store].includes(pc.options.place.store))
            accuse(world, 'other_store', `${pc.id}: ${kind}`);
        }
        if (kind !== 'stock' && kind !== 'till') continue;
        // Rows of these kinds name a till.
        const { till } = row as { readonly till: string };
        if (model.till(till).store !== pc.options.place.store) accuse(world, 'other_store', `${pc.id}: ${kind}`);
      }
    },
  };
}

type Page = { readonly changes: readonly { readonly kind: string; readonly row: unknown }[] };

/** The till's own timer is the one that runs when it is idle; how often it gets to that is drawn. */
function watchFloor(world: World, floor: Floor): () => void {
  const { agenda, draws } = world;
  const rate = draws.spread('idle', 0.02, 0.3);
  let idles = 0;
  return watchDisk(
    {
      begins: (connection) => floor.ownerOf(connection.name)?.begins(connection),
      beforeCommit: (path) => floor.ownerOf(path)?.beforeCommit(),
      afterCommit: (path) => floor.ownerOf(path)?.afterCommit(),
      beforeFile: (what, path) => floor.ownerOf(path)?.atFile(`before ${what}`),
      afterFile: (what, path) => floor.ownerOf(path)?.atFile(`after ${what}`),
    },
    (callback, ms) => {
      let cancel = () => undefined as void;
      const timer = {
        refresh: () => {
          cancel();
          cancel = agenda.after(ms, () => {
            idles += 1;
            if (draws.chance(`idle/${idles}`, rate)) unlessCrashed(callback);
          });
          return timer as unknown as NodeJS.Timeout;
        },
        unref: () => timer as unknown as NodeJS.Timeout,
      };
      timer.refresh();
      return { timer, cancel: () => cancel() };
    },
  );
}
