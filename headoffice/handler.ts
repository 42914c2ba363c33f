/** The types of handlers, from the contract: a missing or mistyped handler does not compile. */
import type { Command, Contract, InputOf, Operation, OutputOf, Query } from '../shared/contract/define.ts';
import type { HeadOfficeContract } from '../shared/contract/headoffice.ts';
import type { CommandContext, PrepareContext, QueryContext } from './context.ts';

export type QueryHandler<O extends Query> = (context: QueryContext, input: InputOf<O>) => Promise<OutputOf<O>>;

/** Waits for nothing but its own transaction. */
export type PlainCommandHandler<O extends Command> = (
  context: CommandContext,
  input: InputOf<O>,
) => Promise<OutputOf<O>>;

/** A command that has to wait for something first. What `prepare` found out is checked again by `run`. */
export interface PreparedCommandHandler<O extends Command, Found> {
  prepare(context: PrepareContext, input: InputOf<O>): Promise<Found>;
  run(context: CommandContext, input: InputOf<O>, found: Found): Promise<OutputOf<O>>;
}

/** Ties `prepare` and `run` of one command together; what is passed between them is nobody else's business. */
export function prepared<Input, Output, Found>(handler: {
  prepare(context: PrepareContext, input: Input): Promise<Found>;
  run(context: CommandContext, input: Input, found: Found): Promise<Output>;
}): {
  prepare(context: PrepareContext, input: Input): Promise<unknown>;
  run(context: CommandContext, input: Input, found: unknown): Promise<Output>;
} {
  return {
    prepare: (context, input) => handler.prepare(context, input),
    // dispatch hands back what this very handler's prepare resolved with.
    run: (context, input, found) => handler.run(context, input, found as Found),
  };
}

export type CommandHandler<O extends Command> = PlainCommandHandler<O> | PreparedCommandHandler<O, unknown>;

type HandlerOf<O extends Operation> = O extends Query ? QueryHandler<O> : O extends Command ? CommandHandler<O> : never;

/** All handlers of one noun. */
export type Handlers<Verbs extends Contract[string]> = { readonly [Verb in keyof Verbs]: HandlerOf<Verbs[Verb]> };

/** All handlers of the head office. */
export type HeadOfficeHandlers = {
  readonly [Noun in keyof HeadOfficeContract]: Handlers<HeadOfficeContract[Noun]>;
};

/** The handler of an operation. Every operation of the contract has one: {@link HeadOfficeHandlers} does not compile otherwise. */
export function findHandler(handlers: HeadOfficeHandlers, name: string, type: 'query'): QueryHandler<Query>;
export function findHandler(handlers: HeadOfficeHandlers, name: string, type: 'command'): CommandHandler<Command>;
export function findHandler(handlers: HeadOfficeHandlers, name: string): unknown {
  const [noun = '', verb = ''] = name.split('.');
  // The caller has found the operation in the contract, so noun and verb are its keys.
  return (handlers as unknown as Record<string, Record<string, unknown>>)[noun]?.[verb];
}
