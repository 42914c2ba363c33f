import { type CommandState, useSentOnce } from '../../line/use-sent-once.ts';
import type { Answer, CommandName, Given } from './operations.ts';
import { useAccess } from './till-context.tsx';

export interface CommandOptions {
  /** Each press counts, however quick: the same thing scanned twice is two. */
  readonly countsEachPress?: boolean;
}

/** A command of a form, done by the till once however often it is sent. */
export function useCommand<N extends CommandName>(
  name: N,
  options: CommandOptions = {},
): CommandState<Given<N>, Answer<N>> {
  const { tell } = useAccess();
  return useSentOnce<Given<N>, Answer<N>>({
    send: async (input, call) => await tell(name, input, call),
    lost: 'connection.lost',
    ...options,
  });
}
