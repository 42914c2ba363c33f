/** The types of handlers, from the contract: a missing or mistyped handler does not compile. */
import type { Command, Contract, InputOf, Operation, OutputOf, Query } from '../../shared/contract/define.ts';
import type { TillContract } from '../../shared/contract/till.ts';
import type { CommandContext, PrepareContext, QueryContext } from './context.ts';

export type QueryHandler<O extends Query> = (context: QueryContext, input: InputOf<O>) => OutputOf<O>;

/** A command's handler is synchronous: no transaction is ever held open across anything that waits. */
export type PlainCommandHandler<O extends Command> = (context: CommandContext, input: InputOf<O>) => OutputOf<O>;

/** A command that has to wait for something first. What `prepare` found out is checked again by `run`. */
export interface PreparedCommandHandler<O extends Command, Found> {
  /**
   * It changes who this till is, so it has the till's set-up to itself from its first look to its commit: what two of them
   * agree with a head office at the same time, only one of them would write down.
   */
  readonly isAlone: boolean;
  prepare(context: PrepareContext, input: InputOf<O>): Promise<Found>;
  run(context: CommandContext, input: InputOf<O>, found: Found): OutputOf<O>;
}

/** Ties `prepare` and `run` of one command together; what is passed between them is nobody else's business. */
export function prepared<Input, Output, Found>(handler: {
  readonly isAlone?: true;
  prepare(context: PrepareContext, input: Input): Promise<Found>;
  run(context: CommandContext, input: Input, found: Found): Output;
}): {
  readonly isAlone: boolean;
  prepare(context: PrepareContext, input: Input): Promise<unknown>;
  run(context: CommandContext, input: Input, found: unknown): Output;
} {
  return {
    isAlone: handler.isAlone ?? false,
    prepare: (context, input) => handler.prepare(context, input),
    // dispatch hands back what this very handler's prepare resolved with.
    run: (context, input, found) => handler.run(context, input, found as Found),
  };
}

export type CommandHandler<O extends Command> = PlainCommandHandler<O> | PreparedCommandHandler<O, unknown>;

type HandlerOf<O extends Operation> = O extends Query ? QueryHandler<O> : O extends Command ? CommandHandler<O> : never;

/** All handlers of one noun. */
export type Handlers<Verbs extends Contract[string]> = { readonly [Verb in keyof Verbs]: HandlerOf<Verbs[Verb]> };

/** All handlers of the till. */
export type TillHandlers = { readonly [Noun in keyof TillContract]: Handlers<TillContract[Noun]> };

/** The handler of an operation. Every operation of the contract has one: {@link TillHandlers} does not compile otherwise. */
export function findHandler(handlers: TillHandlers, name: string, type: 'query'): QueryHandler<Query>;
export function findHandler(handlers: TillHandlers, name: string, type: 'command'): CommandHandler<Command>;
export function findHandler(handlers: TillHandlers, name: string): unknown {
  const [noun = '', verb = ''] = name.split('.');
  // The caller has found the operation in the contract, so noun and verb are its keys.
  return (handlers as unknown as Record<string, Record<string, unknown>>)[noun]?.[verb];
}
