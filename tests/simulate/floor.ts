/** All till PCs of a world and whoever stands at them: how they come, are copied, break and come back. */
import { copyFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { sha256Hex } from './central/chain.ts';
import { factsOf } from './journals.ts';
import { Cashier } from './cashier.ts';
import { Pc, type PcOptions } from './pc.ts';
import type { Server } from './server.ts';
import { idOf, type TillPlace } from './shop.ts';
import type { Template } from './templates.ts';
import { fromHex, type InstallationId } from '../../shared/ids.ts';
import type { Mark } from '../../electron/till/ports.ts';
import { decide, type World } from './world.ts';

/** So many PCs at most have ever been one till. */
const mostCopies = 4;

export type Watching = Pick<PcOptions, 'pageRows' | 'pushEntries' | 'onConfirmed' | 'onPage'>;

export class Floor {
  readonly pcs: Pc[] = [];
  readonly #cashiers = new Map<Pc, Cashier>();
  readonly #byFolder = new Map<string, Pc>();
  readonly #world: World;
  readonly #server: Server;
  readonly #watching: Watching;
  /** Milliseconds between two turns of a cashier, on average. */
  readonly #pace_ms: number;
  #isClosing = false;

  constructor(world: World, server: Server, watching: Watching, pace_ms: number) {
    this.#world = world;
    this.#server = server;
    this.#watching = watching;
    this.#pace_ms = pace_ms;
  }

  /** Puts a till up, as it was when it had joined. */
  putUp(place: TillPlace, template: Template): Pc {
    const pc = this.#add(place, template.token, template.mark);
    copyFileSync(template.path, pc.path);
    return pc;
  }

  copiesOf(place: TillPlace): readonly Pc[] {
    return this.pcs.filter((pc) => pc.options.place.till === place.till);
  }

  /** The PC whose disk a path is on, while it is on. */
  ownerOf(path: string): Pc | undefined {
    const folder = dirname(path);
    const found = this.#byFolder.get(folder);
    if (found?.disk.folder === folder && found.isOn) return found;
    const owner = this.pcs.find((pc) => pc.owns(path));
    if (owner !== undefined) this.#byFolder.set(folder, owner);
    return owner;
  }

  cashierOf(pc: Pc): Cashier {
    const cashier = this.#cashiers.get(pc);
    if (cashier === undefined) throw new Error(`nobody is at ${pc.id}`);
    return cashier;
  }

  /** Another PC with the same file, or with the whole disk. */
  clone(pc: Pc, isWholeDisk: boolean): Pc | undefined {
    // Of a PC on which nobody has set up a till there is nothing to copy.
    if (this.copiesOf(pc.options.place).length >= mostCopies || !pc.isSetUp()) return undefined;
    const { place, takesOver, token } = pc.options;
    const copy = this.#add(place, token, isWholeDisk ? pc.mark : undefined, takesOver);
    copy.disk.putBack(pc.disk.folder);
    copy.skew_ms = pc.skew_ms;
    copy.isLinked = pc.isLinked;
    return copy;
  }

  /** A new PC, with nothing on it, that is going to take a till over with a code. */
  replace(pc: Pc, blank: string): Pc | undefined {
    const { place, token } = pc.options;
    const { model } = this.#world;
    // A head office takes over what it knows.
    if (this.copiesOf(place).length >= mostCopies || !model.books.tills.has(place.till)) return undefined;
    const installation = idOf<InstallationId>(`${place.label} taken over ${this.copiesOf(place).length}`);
    const fresh = this.#add(place, token, undefined, () => {
      const book = model.books.tills.get(place.till);
      if (book === undefined) return undefined;
      decide(this.#world, place.till, installation);
      const entries = book.entries.map(({ bytes, hash, payloads }, i) => ({
        seq: i + 1,
        bytes,
        hash: fromHex(hash),
        payloads: payloads.map((payload) => ({ hash: fromHex(sha256Hex(payload)), bytes: payload })),
      }));
      return { ...place, code: book.code, installation, history: entries };
    });
    copyFileSync(blank, fresh.path);
    return fresh;
  }

  /** The PC goes down, and comes up again after a while. */
  crash(pc: Pc, cause: string): void {
    pc.crash();
    this.comeBack(pc, cause);
  }

  comeBack(pc: Pc, cause: string): void {
    const { agenda, draws } = this.#world;
    agenda.after(draws.spread(`back/${pc.id}/${cause}`, 200, 30_000), () => pc.powerOn());
  }

  /** Nobody is served any more. */
  close(): void {
    this.#isClosing = true;
  }

  /** Commands whose entries somebody holds: central, or a PC. */
  held(): ReadonlySet<string> {
    const held = new Set<string>();
    for (const { entries } of this.#world.model.books.tills.values())
      for (const { fact } of entries) if (fact !== null) held.add(fact.command);
    for (const pc of this.pcs) for (const { command } of factsOf(pc.path)) held.add(command);
    return held;
  }

  /** A disk or a database was put back to what it had been. */
  noteLoss(): void {
    this.#world.ledger.losePrinted(this.held());
  }

  #add(place: TillPlace, token: string, mark: Mark | undefined, takesOver?: PcOptions['takesOver']): Pc {
    const letter = 'abcdefgh'[this.copiesOf(place).length] ?? 'z';
    const id = `${place.label}${letter}`;
    const pc = new Pc(
      {
        ...this.#watching,
        world: this.#world,
        server: this.#server,
        id,
        place,
        token,
        ...(takesOver === undefined ? {} : { takesOver }),
        onCrash: (crashed) => this.comeBack(crashed, `crash ${this.#world.agenda.events}`),
      },
      mark,
    );
    this.pcs.push(pc);
    this.#cashiers.set(pc, new Cashier(this.#world, pc));
    this.#serve(pc, 0);
    return pc;
  }

  #serve(pc: Pc, turn: number): void {
    const { agenda, draws } = this.#world;
    const ms = this.#pace_ms * (0.2 + 1.6 * draws.at(`pace/${pc.id}/${turn}`));
    agenda.after(ms, () => {
      if (this.#isClosing) return;
      this.cashierOf(pc).act();
      this.#serve(pc, turn + 1);
    });
  }

  /** Every PC's disk is let go. */
  end(): void {
    for (const pc of this.pcs) pc.end();
  }
}
