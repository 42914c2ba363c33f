/**
 * The only way in. Every call of every screen takes the same steps here, so that a check that is made here is made for
 * all of them, and nowhere else.
 */
import type { Call } from '../../shared/contract/client.ts';
import { type Command, findOperation, type Operation, type Query } from '../../shared/contract/define.ts';
import type { ErrorCode, ErrorData, Result } from '../../shared/contract/errors.ts';
import { tillContract, type TillEvent } from '../../shared/contract/till.ts';
import { type CommandId, isUuid, type StaffId } from '../../shared/ids.ts';
import { FormatError } from '../../shared/journal/canonical.ts';
import { findAnswer, keepAnswer } from './answer.ts';
import { type Actor, newId, type QueryContext } from './context.ts';
import { isStorageFull, type TillFile } from './db/open.ts';
import type { ReadDb } from './db/statement.ts';
import { readConsistently, transact } from './db/transact.ts';
import { fail, Failed } from './failure.ts';
import { type CommandHandler, findHandler, type QueryHandler, type TillHandlers } from './handler.ts';
import { sha256 } from './journal/append.ts';
import { journalWriter } from './journal/writer.ts';
import type { Ports } from './ports.ts';
import { findApprover, takeApproval } from './session/approval.ts';
import { findSession } from './session/find.ts';

export type Dispatch = (call: Call) => Promise<Result<unknown>>;

/** What a command that was committed left to do. */
export interface Committed {
  readonly events: ReadonlySet<TillEvent['kind']>;
  readonly appended: boolean;
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

/**
 * Makes the way in to one till. `committed` is called after each commit: nothing that happens there can turn a sale into
 * a failure.
 */
export function createDispatch(
  file: TillFile,
  ports: Ports,
  handlers: TillHandlers,
  committed: (outcome: Committed) => void,
): Dispatch {
  return async (call) => {
    try {
      return { ok: true, value: await answer(call) };
    } catch (error) {
      if (error instanceof Failed) return { ok: false, error: error.failure };
      // U+0000 or half of a surrogate pair in a text: the journal can hold neither, and nobody has typed them.
      if (error instanceof FormatError && error.fault === 'text_refused')
        return { ok: false, error: { code: 'input.malformed', data: { where: error.where } } };
      return { ok: false, error: fault(error, call.operation) };
    }
  };

  async function answer(call: Call): Promise<unknown> {
    const operation = findOperation(tillContract, call.operation);
    if (operation === undefined) return fail('operation.unknown', { operation: call.operation.slice(0, 64) });
    const parsed = operation.input.safeParse(call.input);
    if (!parsed.success)
      return fail('input.malformed', { where: (parsed.error.issues[0]?.path ?? []).map(String).join('.') });

    // A command is looked at through the connection that will write it: its cache is warm, while the reader's is stale
    // after every commit. A query gets the connection that SQLite itself lets write nothing.
    const db: ReadDb = operation.type === 'command' ? file.writer : file.reader;
    const session = call.session === undefined ? undefined : findSession(db, call.session);
    const actor = session === undefined || session.ended ? null : session.actor;
    const context: QueryContext = { db, ports, now: ports.clock.now(), actor };
    if (operation.type === 'query') {
      if (operation.access !== 'anyone' && actor === null) return fail(withoutSession(call));
      if (!holds(actor, operation)) return fail('permission.missing', { permission: operation.access });
      return runQuery(operation, findHandler(handlers, call.operation, 'query'), context, parsed.data);
    }

    const asked = askedCommand(call, operation, parsed.data, session?.actor.staff ?? null);
    // Looked up before anything else is checked: whoever asked still gets the first answer, even when the till has locked
    // since and the permission is gone. Only the person whose command it is gets that far.
    if (session !== undefined || operation.access === 'anyone') {
      const first = firstAnswer(db, asked);
      if (first !== undefined) return first.value;
    }
    if (operation.access !== 'anyone' && actor === null) return fail(withoutSession(call));
    const approver = holds(actor, operation) ? null : approverOf(db, asked, context.now);
    return runCommand(asked, findHandler(handlers, call.operation, 'command'), context, approver);
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
      inputHash: sha256(new TextEncoder().encode(JSON.stringify(input))),
      owner: operation.access === 'anyone' ? null : caller,
      approval: call.approval,
    };
  }

  function firstAnswer(db: ReadDb, asked: Asked): { readonly value: unknown } | undefined {
    if (!asked.operation.keepsAnswer) return undefined;
    const kept = findAnswer(db, asked.command);
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

  function approverOf(db: ReadDb, asked: Asked, now: number): StaffId {
    const { access } = asked.operation;
    if (asked.approval === undefined) return fail('permission.missing', { permission: access });
    return (
      findApprover(db, { approval: asked.approval, command: asked.command, access, now }) ?? fail('approval.invalid')
    );
  }

  function runQuery(operation: Query, handler: QueryHandler<Query>, context: QueryContext, input: unknown): unknown {
    return operation.output.parse(readConsistently(context.db.connection, () => handler(context, input)));
  }

  async function runCommand(
    asked: Asked,
    handler: CommandHandler<Command>,
    context: QueryContext,
    approver: StaffId | null,
  ): Promise<unknown> {
    const found =
      typeof handler === 'function'
        ? undefined
        : await handler.prepare(
            { ...context, transact: (work) => transact(file.writer, () => work(file.writer)) },
            asked.input,
          );
    const events = new Set<TillEvent['kind']>();
    let appended = false;
    const work = () => {
      // Two copies may both have waited in their prepare stage: the second one ends here.
      const first = firstAnswer(file.writer, asked);
      if (first !== undefined) return first.value;
      if (approver !== null && asked.approval !== undefined) takeApproval(file.writer, asked.approval);
      const append = journalWriter(file.writer, {
        command: asked.command,
        actor: context.actor?.staff ?? null,
        approver,
        now: context.now,
      });
      const commandContext = {
        ...context,
        db: file.writer,
        command: asked.command,
        approver,
        append: ((...entry) => {
          appended = true;
          return append(...entry);
        }) as typeof append,
        newId: () => newId<never>(ports, context.now),
        changed: (kind: TillEvent['kind']) => void events.add(kind),
      };
      const output =
        typeof handler === 'function'
          ? handler(commandContext, asked.input)
          : handler.run(commandContext, asked.input, found);
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
    };
    try {
      const value = transact(file.writer, work);
      committed({ events, appended });
      return value;
    } catch (error) {
      if (error instanceof Failed && error.keep) committed({ events, appended });
      throw error;
    }
  }

  function fault(error: unknown, operation: string): { code: ErrorCode; data: ErrorData } {
    if (isStorageFull(error)) return { code: 'storage.full', data: {} };
    const incident = incidentNumber();
    ports.log.error('operation.fault', {
      operation,
      incident,
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
    return { code: 'fault.unknown', data: { incident } };
  }

  /** Four characters that can be read out over the telephone: no 0, O, 1, I or L. */
  function incidentNumber(): string {
    const letters = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
    return Array.from(ports.random.bytes(4), (byte) => letters[byte % letters.length]).join('');
  }
}
