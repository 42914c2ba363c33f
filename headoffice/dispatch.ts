/**
 * The only way in. Every call of every screen takes the same steps here, so that a check that is made here is made for
 * all of them, and nowhere else.
 */
import type { Call } from '../shared/contract/client.ts';
import { type Command, findOperation, isDeclared, type Operation, parseInput } from '../shared/contract/define.ts';
import type { ErrorCode, Failure, Result } from '../shared/contract/errors.ts';
import { headOfficeContract } from '../shared/contract/headoffice.ts';
import { type CommandId, isUuid } from '../shared/ids.ts';
import { type Asked, claimCommand, findAnswer, hashInput, keepAnswer } from './answer.ts';
import { type Actor, type Caller, instantOf } from './context.ts';
import type { Pool } from './db/pool.ts';
import { type ReadDb, readTransaction, type WriteDb, writeTransaction } from './db/transact.ts';
import { fail, Failed } from './failure.ts';
import { findHandler, type HeadOfficeHandlers, type PreparedCommandHandler } from './handler.ts';
import type { Ports } from './ports.ts';
import { findSession } from './session/find.ts';

export type Dispatch = (
  call: Call,
  from?: { readonly address: string; readonly request?: string },
) => Promise<Result<unknown>>;

/** Counts an operation that was answered: `ok`, or the code with which it failed. */
export type CountAnswer = (operation: string, outcome: string, took_ms: number) => void;

/** Recomputing a chain of years takes longer than a screen's other questions. */
const limits_ms: Readonly<Record<string, number>> = { 'journal.verify': 120_000 };
const limit_ms = 15_000;
/** A query that takes so long is written down: somebody waited for it. */
const slow_ms = 1_000;

/** The answer that another copy of a command was given. */
class Earlier {
  readonly answer: unknown;
  constructor(answer: unknown) {
    this.answer = answer;
  }
}

/** Makes the way in to the head office. `answered` hears of each answer. */
export function createDispatch(
  pool: Pool,
  ports: Ports,
  handlers: HeadOfficeHandlers,
  answered: CountAnswer,
): Dispatch {
  return async (call, from = { address: 'local' }) => {
    const began_ms = performance.now();
    const asked = from.request === undefined ? {} : { request: from.request };
    const result = await resultOf(call, from.address, asked);
    note(call, result, performance.now() - began_ms, asked);
    return result;
  };

  async function resultOf(call: Call, address: string, asked: { readonly request?: string }): Promise<Result<unknown>> {
    try {
      return { ok: true, value: await answer(call, address) };
    } catch (error) {
      if (error instanceof Failed) return { ok: false, error: declared(call.operation, error.failure) };
      return { ok: false, error: fault(error, call.operation, asked) };
    }
  }

  /** One line and one count for each operation: which, how it ended and how long it took. Never what it was called with. */
  function note(
    { operation: name }: Call,
    result: Result<unknown>,
    took_ms: number,
    asked: { readonly request?: string },
  ): void {
    const known = findOperation(headOfficeContract, name);
    // What is none of ours is whatever somebody made of it.
    const operation = known === undefined ? 'unknown' : name;
    const outcome = result.ok ? 'ok' : result.error.code;
    answered(operation, outcome, took_ms);
    const facts = { ...asked, operation, outcome, took_ms: Math.round(took_ms * 10) / 10 };
    // Pages ask all the time; what was answered, and soon, nobody looks for.
    const isQuiet = known?.type === 'query' && result.ok && took_ms < slow_ms;
    if (isQuiet) ports.log.debug('operation', facts);
    else ports.log.info('operation', facts);
  }

  async function answer(call: Call, address: string): Promise<unknown> {
    const operation = findOperation(headOfficeContract, call.operation);
    if (operation === undefined) return fail('operation.unknown', { operation: call.operation.slice(0, 64) });
    const parsed = parseInput(operation, call.input);
    if (!parsed.ok) return fail('input.malformed', { where: parsed.where });
    const now = ports.clock.now();
    const session = call.session === undefined ? undefined : await findSession(pool, call.session, now);
    const actor = session === undefined || session.ended ? null : session.actor;
    const caller: Caller = { ports, now, actor, address };
    const name = call.operation;
    if (operation.type === 'query') {
      check(call, operation, actor);
      const handler = findHandler(handlers, name, 'query');
      const output = await readTransaction(
        pool,
        (db) => handler({ ...caller, db }, parsed.value),
        limits_ms[name] ?? limit_ms,
      );
      return operation.output.parse(output);
    }
    const asked = askedCommand(call, parsed.value, operation.access === 'anyone' ? null : (session?.actor ?? null));
    // Looked up before anything else is checked: whoever asked still gets the first answer, even when the session has
    // ended since and the permission is gone. Only the person whose command it is gets that far.
    if (operation.keepsAnswer && session !== undefined) {
      const earlier = await readTransaction(pool, (db) => earlierAnswer(db, asked));
      if (earlier !== undefined) return earlier.answer;
    }
    check(call, operation, actor);
    return await runCommand(operation, asked, caller, parsed.value);
  }

  /**
   * The stage that may wait. Where it fails, another copy of the same command may have got there first and changed what
   * this one looked at: then that copy's answer is this one's too.
   */
  async function prepare(
    handler: PreparedCommandHandler<Command, unknown>,
    operation: Command,
    asked: Asked,
    caller: Caller,
    input: unknown,
  ): Promise<unknown> {
    const context = {
      ...caller,
      read: <Value>(work: (db: ReadDb) => Promise<Value>) => readTransaction(pool, work),
      transact: <Value>(work: (db: WriteDb) => Promise<Value>) => writeTransaction(pool, work),
    };
    try {
      return await handler.prepare(context, input);
    } catch (error) {
      if (!(error instanceof Failed) || !operation.keepsAnswer) throw error;
      const earlier = await readTransaction(pool, (db) => earlierAnswer(db, asked));
      if (earlier === undefined) throw error;
      return new Earlier(earlier.answer);
    }
  }

  async function runCommand(operation: Command, asked: Asked, caller: Caller, input: unknown): Promise<unknown> {
    const handler = findHandler(handlers, asked.operation, 'command');
    const found = typeof handler === 'function' ? undefined : await prepare(handler, operation, asked, caller, input);
    if (found instanceof Earlier) return found.answer;
    return await writeTransaction(pool, async (db) => {
      if (operation.keepsAnswer && !(await claimCommand(db, asked, instantOf(caller)))) {
        const earlier = await earlierAnswer(db, asked);
        // The row that was in the way is committed, so it is seen.
        return earlier === undefined ? fail('command.conflict') : earlier.answer;
      }
      const context = { ...caller, db, command: asked.command };
      const output =
        typeof handler === 'function' ? await handler(context, input) : await handler.run(context, input, found);
      const value = operation.output.parse(output);
      if (operation.keepsAnswer) await keepAnswer(db, asked.command, value);
      return value;
    });
  }

  /** The failure as it is. One that the operation does not declare is our fault, not the caller's: it is logged. */
  function declared(operation: string, failure: Failure): Failure {
    const { code } = failure;
    if (!isDeclared(headOfficeContract, operation, code))
      ports.log.warn('failure.undeclared', { operation, outcome: code });
    return failure;
  }

  function fault(error: unknown, operation: string, asked: { readonly request?: string }): Failure {
    if (isPassing(error)) {
      ports.log.warn('operation.busy', { operation, ...asked });
      return { code: 'storage.busy', data: {} };
    }
    // Whoever throws got past the contract, so that the name is one of it.
    const incident = ports.log.fault('operation.fault', error, { operation, ...asked });
    return { code: 'fault.unknown', data: { incident } };
  }
}

/** Whether the actor may: here and nowhere else, by permission and never by a role. */
function check(call: Call, operation: Operation, actor: Actor | null): void {
  const { access } = operation;
  if (access === 'anyone') return;
  if (actor === null) {
    const code: ErrorCode = call.session === undefined ? 'session.required' : 'session.ended';
    fail(code);
  } else if (access !== 'signed_in' && !actor.permissions.has(access)) {
    fail('permission.missing', { permission: access });
  }
}

/** What others of the database's callers held until we gave up, and nobody's fault: nothing is changed, and may be next time. */
function isPassing(error: unknown): boolean {
  const lock_not_available = '55P03';
  const deadlock_detected = '40P01';
  const serialization_failure = '40001';
  const passing: readonly unknown[] = [lock_not_available, deadlock_detected, serialization_failure];
  return error instanceof Error && 'code' in error && passing.includes(error.code);
}

function askedCommand(call: Call, input: unknown, owner: Actor | null): Asked {
  if (call.command === undefined || !isUuid(call.command)) return fail('command.required');
  return {
    // isUuid has read the text; that it names a command is what the field is for.
    command: call.command as CommandId,
    operation: call.operation,
    owner: owner?.user ?? null,
    inputHash: hashInput(input),
  };
}

async function earlierAnswer(db: ReadDb, asked: Asked): Promise<{ readonly answer: unknown } | undefined> {
  const earlier = await findAnswer(db, asked);
  if (earlier?.state === 'conflict') return fail('command.conflict');
  return earlier;
}
