/**
 * The end of all troubles: nothing fails any more, every PC is on, and the head office decides who speaks for each till, one
 * PC after another where several hold entries that it lacks. Each time all must be in step within half a minute.
 */
import { outOfDate, outOfStep } from './in-step.ts';
import type { Floor } from './floor.ts';
import { factName, factsOf } from './journals.ts';
import { decideDoubts, decideFields } from './office.ts';
import type { Pc } from './pc.ts';
import type { Server } from './server.ts';
import { accuse, decide, type World } from './world.ts';

/** So long may it take until both sides agree, in virtual time. */
const convergence_ms = 30_000;
const look_ms = 500;
const looksBetweenResets = 10;
/** Each PC may have to settle, and may become a PC of its own in doing so. */
const mostRounds = 40;

export async function heal(world: World, floor: Floor, server: Server): Promise<void> {
  const { agenda, fate, trace } = world;
  trace.note(agenda.now_ms, 'world', 'heals');
  fate.isOver = true;
  floor.close();
  server.start();
  server.resetAll();
  for (const pc of floor.pcs) {
    pc.isAway = false;
    pc.isDiskFull = false;
    pc.powerOn();
    floor.cashierOf(pc).finish();
  }
  for (let round = 0; round < mostRounds; round += 1) {
    if (!(await converge(world, floor, server, outOfStep))) return;
    // Nobody presses "try now": a till finds out by itself what was decided.
    if (!decideNext(world, floor)) {
      projectAgain(world);
      decideFields(world, 'heals', 1);
      decideDoubts(world, 'heals', 1);
      await converge(world, floor, server, (given, pc) => outOfStep(given, pc) ?? outOfDate(given, pc));
      return;
    }
  }
  accuse(world, 'never_settles', `${mostRounds} decisions were not enough`);
}

/** The PCs that speak for their tills. Of a disk that was copied as a whole, both. */
export function speakers({ model }: World, floor: Floor): readonly Pc[] {
  return floor.pcs.filter((pc) => {
    const book = model.books.tills.get(pc.options.place.till);
    return book !== undefined && pc.installation === book.installation;
  });
}

/** Waits until every PC that speaks for its till is in step, and every other one knows that it is not to. */
async function converge(
  world: World,
  floor: Floor,
  server: Server,
  whyNot: (world: World, pc: Pc) => string | undefined,
): Promise<boolean> {
  const { agenda } = world;
  // A reset is a trouble of its own, after which a till rests; what was refused before may have waited its time already.
  const hasResets = hasTwins(speakers(world, floor));
  const until_ms = agenda.now_ms + (hasResets ? 2 : 1) * convergence_ms;
  for (let looks = 1; ; looks += 1) {
    await agenda.runUntil(agenda.now_ms + look_ms);
    const speaking = new Set(speakers(world, floor));
    // Of a disk that was copied as a whole, an idle PC hears what was written under its name when it connects anew.
    if (looks % looksBetweenResets === 0 && hasTwins([...speaking])) server.resetAll();
    const joining = floor.pcs.filter((pc) => isToJoin(world, pc));
    for (const pc of joining) floor.cashierOf(pc).finish();
    const why = (pc: Pc) => {
      if (joining.includes(pc)) return 'has not joined';
      return isApart(world, pc) ? undefined : speaking.has(pc) ? whyNot(world, pc) : notHeard(world, pc);
    };
    // One is enough to wait for.
    if (!floor.pcs.some((pc) => why(pc) !== undefined)) return true;
    if (agenda.now_ms < until_ms) continue;
    const waiting = floor.pcs.map((pc) => [pc.id, why(pc)] as const).filter(([, reason]) => reason !== undefined);
    accuse(world, 'not_converged', waiting.map(([id, reason]) => `${id}: ${reason}`).join('; '));
    return false;
  }
}

/** A shop that has not joined, whatever it was before its disk was put back, and may. */
function isToJoin({ ledger }: World, pc: Pc): boolean {
  return pc.options.place.shop !== null && !ledger.alone.has(pc.id) && pc.isOn && pc.authority === 'standalone';
}

/** Whoever is not in the company: a second PC of a shop that joined from the first, or a shop that central forgot. */
export function isApart({ ledger, model }: World, pc: Pc): boolean {
  const isForgotten = !model.books.tills.has(pc.options.place.till);
  if (isForgotten && pc.engine !== undefined) return pc.engine.status().reason === 'login';
  return isForgotten || (ledger.alone.has(pc.id) && pc.engine === undefined);
}

function hasTwins(speaking: readonly Pc[]): boolean {
  return new Set(speaking.map((pc) => pc.options.place.till)).size < speaking.length;
}

/** Whoever does not speak for a till has said hello, so that the head office can decide. */
function notHeard({ model }: World, pc: Pc): string | undefined {
  const installation = pc.installation;
  if (installation === undefined) return 'off';
  if (model.books.tills.get(pc.options.place.till)?.asking.has(installation) === true) return undefined;
  const { reason, state } = pc.engine?.status() ?? {};
  return `central has not heard of it: ${state ?? ''} ${reason ?? ''}`;
}

/** For each till the next PC that holds what central lacks: it speaks for the till from now on. Answers whether any does. */
function decideNext(world: World, floor: Floor): boolean {
  const { agenda, model, trace } = world;
  const speaking = new Set(speakers(world, floor));
  let hasDecided = false;
  for (const book of model.books.tills.values()) {
    const pcs = floor.pcs.filter((pc) => pc.options.place.till === book.till && !isApart(world, pc));
    const held = new Set(book.entries.flatMap(({ fact }) => (fact === null ? [] : factName(fact))));
    const next = pcs.find((pc) => !speaking.has(pc) && holdsMore(pc, held));
    const installation = next?.installation ?? pcs[0]?.installation;
    // A central that was set back may have forgotten who speaks for the till.
    if (installation === undefined || (next === undefined && pcs.some((pc) => speaking.has(pc)))) continue;
    decide(world, book.till, installation);
    trace.note(agenda.now_ms, 'office', `decides for ${next?.id ?? ''} ${installation.slice(-4)}`);
    hasDecided = true;
  }
  return hasDecided;
}

/** Epochs apart: they say who wrote, and nothing that was sold. */
function holdsMore(pc: Pc, held: ReadonlySet<string>): boolean {
  return factsOf(pc.path).some((fact) => fact.kind !== 'epoch.opened' && !held.has(factName(fact)));
}

/** The head office projects again whatever waits for it. */
function projectAgain({ history, model }: World): void {
  for (const book of model.books.tills.values()) {
    for (const seq of [...book.quarantine.keys()].toSorted((a, b) => a - b)) {
      model.projectAgain(book.till, seq);
      history.note({ did: 'project_again', till: book.till, seq });
    }
  }
}
