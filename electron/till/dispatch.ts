/**
 * The only way in. Every call of every screen takes the same steps here, so that a check that is made here is made for
 * all of them, and nowhere else.
 */
import { comparedText } from '../../shared/contract/repeat.ts';
import type { Call } from '../../shared/contract/client.ts';
import {
  type Command,
  findOperation,
  isDeclared,
  type Operation,
  parseInput,
  type Query,
} from '../../shared/contract/define.ts';
import type { ErrorCode, ErrorData, Failure, Result } from '../../shared/contract/errors.ts';
import { tillContract, type TillEvent } from '../../shared/contract/till.ts';
import { type CommandId, isUuid, type StaffId } from '../../shared/ids.ts';
import { findAnswer, keepAnswer } from './answer.ts';
import { type Actor, type CommandContext, newId, type QueryContext } from './context.ts';
import { isStorageFull, type TillFile } from './db/open.ts';
import type { ReadDb, WriteDb } from './db/statement.ts';
import { readConsistently, transact } from './db/transact.ts';
import { fail, Failed } from './failure.ts';
import { findHandler, type PreparedCommandHandler, type TillHandlers } from './handler.ts';
import { sha256 } from './journal/sha256.ts';
import type { Installation } from './journal/installation.ts';
import { journalWriter } from './journal/writer.ts';
import type { Ports } from './ports.ts';
import { inTurn } from './in-turn.ts';
import { findApprover, takeApproval } from './session/approval.ts';
import { findSession } from './session/find.ts';

export type Dispatch = (call: Call) => Promise<Result<unknown>>;

/** What a command that was committed left to do. */
export interface Committed {
  readonly events: ReadonlySet<TillEvent['kind']>;
  readonly appended: boolean;
  /** Under which name the till's file is to be put aside; undefined where the till goes on. */
  readonly left?: string;
}

/** A command on its way: the call, parsed, and what it is recognised by when it comes again. */
interface Asked {
  readonly operation: Command;
  readonly name: string;
  readonly input: unknown;
  readonly command: CommandId;
  readonly inputHash: Uint8Array;
  /** Whose command it is; null where anybody may call. */
  readonly owner: StaffId | null;
  readonly approval: string | undefined;
}

/** A command that may run. */
interface Admitted {
  readonly asked: Asked;
  readonly context: QueryContext & { readonly db: WriteDb };
  /** Who allowed it, when the actor alone may not. */
  readonly approver: StaffId | null;
}

/** What a command has left to do, while it still runs. */
interface Outcome {
  readonly events: Set<TillEvent['kind']>;
  appended: boolean;
  left?: string;
}

type Run = (context: CommandContext) => unknown;

/** A query that takes so long is written down: somebody waited for it. */
const slow_ms = 500;

/**
 * Makes the way in to one till. `committed` is called after each commit: nothing that happens there can turn a sale into
 * a failure.
 */
export function createDispatch(
  file: TillFile,
  ports: Ports,
  handlers: TillHandlers,
  installation: Installation,
  committed: (outcome: Committed) => void,
): Dispatch {
  const alone = inTurn();
  return async (call) => {
    const began_ms = performance.now();
    const result = await resultOf(call);
    note(call, result, performance.now() - began_ms);
    return result;
  };

  async function resultOf(call: Call): Promise<Result<unknown>> {
    try {
      return { ok: true, value: await answer(call) };
    } catch (error) {
      if (error instanceof Failed) return { ok: false, error: declared(call.operation, error.failure) };
      return { ok: false, error: fault(error, call.operation) };
    }
  }

  /** One line for each operation: which, how it ended and how long it took. Never what it was called with. */
  function note({ operation: name }: Call, result: Result<unknown>, took_ms: number): void {
    const operation = findOperation(tillContract, name);
    const facts = {
      // What is none of ours is whatever somebody made of it.
      operation: operation === undefined ? 'unknown' : name,
      outcome: result.ok ? 'ok' : result.error.code,
      took_ms: Math.round(took_ms * 10) / 10,
    };
    // Screens ask all the time; what was answered, and soon, nobody looks for.
    const isQuiet = operation?.type === 'query' && result.ok && took_ms < slow_ms;
    if (isQuiet) ports.log.debug('operation', facts);
    else ports.log.info('operation', facts);
  }

  async function answer(call: Call): Promise<unknown> {
    const operation = findOperation(tillContract, call.operation);
    if (operation === undefined) return fail('operation.unknown', { operation: call.operation.slice(0, 64) });
    const parsed = parseInput(operation, call.input);
    if (!parsed.ok) return fail('input.malformed', { where: parsed.where });
    if (operation.type === 'query') return runQuery(call, operation, parsed.value);
    return runCommand(call, operation, parsed.value);
  }

  /** A query gets the connection that SQLite itself lets write nothing. */
  function runQuery(call: Call, operation: Query, input: unknown): unknown {
    const db = file.reader;
    const handler = findHandler(handlers, call.operation, 'query');
    const output = readConsistently(db.connection, () => {
      const actor = callerOf(db, call)?.actor ?? null;
      if (operation.access !== 'anyone' && actor === null) return fail(withoutSession(call));
      if (!holds(actor, operation)) return fail('permission.missing', { permission: operation.access });
      return handler({ db, ports, now: ports.clock.now(), actor }, input);
    });
    return operation.output.parse(output);
  }

  /**
   * A command is admitted and run in one transaction of the connection that writes: one look at the file for both, and
   * nobody comes between. Where it has to wait for something first, it is admitted, waits, and is then looked up again.
   */
  async function runCommand(call: Call, operation: Command, input: unknown): Promise<unknown> {
    const handler = findHandler(handlers, call.operation, 'command');
    if (typeof handler === 'function')
      return commit((outcome) => {
        const admitted = admit(call, operation, input);
        return 'first' in admitted
          ? admitted.first
          : write(admitted, outcome, (context) => handler(context, admitted.asked.input));
      });
    const run = async () => await runPrepared(call, operation, handler, input);
    return handler.isAlone ? await alone(run) : await run();
  }

  async function runPrepared(
    call: Call,
    operation: Command,
    handler: PreparedCommandHandler<Command, unknown>,
    input: unknown,
  ): Promise<unknown> {
    const admitted = admit(call, operation, input);
    if ('first' in admitted) return admitted.first;
    const { asked, context } = admitted;
    const found = await handler.prepare(
      { ...context, transact: (work) => transact(file.writer, () => work(file.writer)) },
      asked.input,
    );
    return commit((outcome) => {
      // Two copies may both have waited in their prepare stage: the second one ends here.
      const first = firstAnswer(asked);
      if (first !== undefined) return first.value;
      return write(admitted, outcome, (written) => handler.run(written, asked.input, found));
    });
  }

  /** Whether a command may run, and for whom; or what it was answered when it came before. */
  function admit(call: Call, operation: Command, input: unknown): Admitted | { readonly first: unknown } {
    const caller = callerOf(file.writer, call);
    const actor = caller?.actor ?? null;
    const context = { db: file.writer, ports, now: ports.clock.now(), actor };
    const asked = askedCommand(call, operation, input, caller?.staff ?? null);
    // Looked up before anything else is checked: whoever asked still gets the first answer, even when the till has locked
    // since and the permission is gone. Only the person whose command it is gets that far.
    if (caller !== undefined || operation.access === 'anyone') {
      const first = firstAnswer(asked);
      if (first !== undefined) return { first: first.value };
    }
    if (operation.access !== 'anyone' && actor === null) return fail(withoutSession(call));
    return { asked, context, approver: holds(actor, operation) ? null : approverOf(asked, context.now) };
  }

  /** Whose session a call names, if it is one: `actor` is null when it has ended. */
  function callerOf(db: ReadDb, call: Call): { readonly staff: StaffId; readonly actor: Actor | null } | undefined {
    const session = call.session === undefined ? undefined : findSession(db, call.session);
    return session && { staff: session.actor.staff, actor: session.ended ? null : session.actor };
  }

  function withoutSession(call: Call): ErrorCode {
    return call.session === undefined ? 'session.required' : 'session.ended';
  }

  function askedCommand(call: Call, operation: Command, input: unknown, caller: StaffId | null): Asked {
    if (call.command === undefined || !isUuid(call.command)) return fail('command.required');
    return {
      operation,
      name: call.operation,
      input,
      // isUuid has read the text; that it names a command is what the field is for.
      command: call.command as CommandId,
      inputHash: sha256(new TextEncoder().encode(comparedText(input))),
      owner: operation.access === 'anyone' ? null : caller,
      approval: call.approval,
    };
  }

  function firstAnswer(asked: Asked): { readonly value: unknown } | undefined {
    if (!asked.operation.keepsAnswer) return undefined;
    const kept = findAnswer(file.writer, asked.command);
    if (kept === undefined) return undefined;
    if (kept.state === 'recorded') return fail('command.already_recorded', { seq: kept.seq });
    const isSame =
      kept.operation === asked.name &&
      kept.actor === asked.owner &&
      Buffer.compare(kept.inputHash, asked.inputHash) === 0;
    return isSame ? { value: kept.answer } : fail('command.conflict');
  }

  function holds(actor: Actor | null, operation: Operation): boolean {
    if (operation.access === 'anyone' || operation.access === 'signed_in') return true;
    return actor?.permissions.has(operation.access) === true;
  }

  function approverOf(asked: Asked, now: number): StaffId {
    const { access } = asked.operation;
    if (asked.approval === undefined) return fail('permission.missing', { permission: access });
    return (
      findApprover(file.writer, { approval: asked.approval, command: asked.command, access, now }) ??
      fail('approval.invalid')
    );
  }

  /** Runs `work` in one transaction; whatever it committed, also on its way to a failure, is told of. */
  function commit<Value>(work: (outcome: Outcome) => Value): Value {
    const outcome: Outcome = { events: new Set(), appended: false };
    try {
      const value = transact(file.writer, () => work(outcome));
      committed(outcome);
      return value;
    } catch (error) {
      if (error instanceof Failed && error.keep) committed(outcome);
      throw error;
    }
  }

  function write({ approver, asked, context }: Admitted, outcome: Outcome, run: Run): unknown {
    if (approver !== null && asked.approval !== undefined) takeApproval(file.writer, asked.approval);
    const journal = journalWriter(file.writer, {
      command: asked.command,
      // A command whose answer is kept would have been found by the entries it wrote.
      isNew: asked.operation.keepsAnswer,
      actor: context.actor?.staff ?? null,
      approver,
      now: context.now,
      installation,
      random: ports.random,
    });
    const output = run({
      ...context,
      command: asked.command,
      approver,
      append: (...entry) => {
        outcome.appended = true;
        return journal.append(...entry);
      },
      identity: (options) => {
        outcome.appended = true;
        return journal.identity(options);
      },
      newId: () => newId<never>(ports, context.now),
      changed: (kind) => void outcome.events.add(kind),
      leave: (kept) => {
        outcome.left = kept;
      },
    });
    const value = asked.operation.output.parse(output);
    if (asked.operation.keepsAnswer)
      keepAnswer(file.writer, {
        command: asked.command,
        operation: asked.name,
        actor: asked.owner,
        inputHash: asked.inputHash,
        answer: value,
        now: context.now,
      });
    return value;
  }

  /** The failure as it is. One that the operation does not declare is our fault, not the caller's: it is logged. */
  function declared(operation: string, failure: Failure): Failure {
    const { code } = failure;
    if (!isDeclared(tillContract, operation, code)) ports.log.warn('failure.undeclared', { operation, outcome: code });
    return failure;
  }

  function fault(error: unknown, operation: string): { code: ErrorCode; data: ErrorData } {
    if (isStorageFull(error)) {
      ports.log.warn('storage.full', { operation });
      return { code: 'storage.full', data: {} };
    }
    // Whoever throws got past the contract, so that the name is one of it.
    return { code: 'fault.unknown', data: { incident: ports.log.fault('operation.fault', error, { operation }) } };
  }
}
