/** The caller's side of a contract: `client.basket.complete(input)`. */
import type { CommandId } from '../ids.ts';
import type { AnswerOf, Command, Contract, GivenTo, Operation } from './define.ts';
import type { Failure, Result } from './errors.ts';

/** What crosses to the side that answers. */
export interface Call {
  readonly operation: string;
  readonly input: unknown;
  /** The token of a session; left out before sign-in. */
  readonly session?: string;
  /** The command's UUID, for commands. The same UUID with the same input is the same command. */
  readonly command?: string;
  /** A manager's approval of exactly this command. */
  readonly approval?: string;
}

/** Carries a call to where it is answered. Never rejects: a broken line is an answer too. */
export type Invoke = (call: Call) => Promise<Result<unknown>>;

/** Beside the input: whatever a single call needs. */
export interface CallOptions {
  /** The command to repeat; a new one when left out. */
  readonly command?: CommandId;
  readonly approval?: string;
}

export type Client<C extends Contract> = {
  readonly [Noun in keyof C]: {
    readonly [Verb in keyof C[Noun]]: C[Noun][Verb] extends Operation
      ? (
          input: GivenTo<C[Noun][Verb]>,
          ...options: C[Noun][Verb] extends Command ? [options?: CallOptions] : []
        ) => Promise<AnswerOf<C[Noun][Verb]>>
      : never;
  };
};

/** A failure, thrown on the caller's side. */
export class OperationError extends Error {
  override readonly name = 'OperationError';
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.code);
    this.failure = failure;
  }
}

/** Makes the client of a contract. `session` is asked at each call; `newCommand` makes the UUID of each new command. */
export function createClient<C extends Contract>(
  contract: C,
  invoke: Invoke,
  context: { readonly session: () => string | undefined; readonly newCommand: () => CommandId },
): Client<C> {
  const client: Record<string, Record<string, unknown>> = {};
  for (const [noun, verbs] of Object.entries(contract)) {
    const methods: Record<string, unknown> = {};
    for (const [verb, operation] of Object.entries(verbs)) {
      methods[verb] = async (input: unknown, options: CallOptions = {}) => {
        const session = context.session();
        const result = await invoke({
          operation: `${noun}.${verb}`,
          input,
          ...(session === undefined ? {} : { session }),
          ...(operation.type === 'command' ? { command: options.command ?? context.newCommand() } : {}),
          ...(options.approval === undefined ? {} : { approval: options.approval }),
        });
        if (!result.ok) throw new OperationError(result.error);
        return result.value;
      };
    }
    client[noun] = methods;
  }
  // Each method was made above from the operation whose type it has.
  return client as Client<C>;
}
