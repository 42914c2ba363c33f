import { useMutation } from '@tanstack/react-query';
import { useRef } from 'react';
import { type CallOptions, OperationError } from '../../../shared/contract/client.ts';
import type { Failure, Result } from '../../../shared/contract/errors.ts';
import type { CommandId } from '../../../shared/ids.ts';
import { newId } from './access.ts';
import type { Answer, CommandName, Given } from './operations.ts';
import { useAccess } from './till-context.tsx';
import { failureOf } from './use-ask.ts';

export interface CommandState<N extends CommandName> {
  /**
   * Never rejects. A second press with the same input while the first is under way is nobody's wish, but a bounce of the
   * screen or a click that was queued: it is answered with the first one's answer. Disable by `isPending` all the same.
   */
  run(input: Given<N>, options?: CallOptions): Promise<Result<Answer<N>>>;
  readonly isPending: boolean;
  readonly failure: Failure | undefined;
  clear(): void;
}

export interface CommandOptions {
  /** Each press counts, however quick: the same thing scanned twice is two. */
  readonly countsEachPress?: boolean;
}

/**
 * A command of a form. When its answer was lost, the same input is sent under the same UUID again: whether the till had
 * already done it or not, it is done once.
 */
export function useCommand<N extends CommandName>(
  name: N,
  { countsEachPress = false }: CommandOptions = {},
): CommandState<N> {
  const { tell } = useAccess();
  const underWay = useRef<{ readonly input: string; readonly answer: Promise<Result<Answer<N>>> } | null>(null);
  const unanswered = useRef<{ readonly input: string; readonly command: CommandId } | null>(null);
  const mutation = useMutation({
    mutationFn: async ({ input, options }: { readonly input: Given<N>; readonly options: CallOptions }) => {
      const text = JSON.stringify(input);
      const repeated = unanswered.current?.input === text ? unanswered.current.command : undefined;
      const command = options.command ?? repeated ?? newId<CommandId>();
      const result = await tell(name, input, { ...options, command });
      const isLost = !result.ok && result.error.code === 'connection.lost';
      unanswered.current = isLost ? { input: text, command } : null;
      if (!result.ok) throw new OperationError(result.error);
      return result.value;
    },
  });
  const runNow = async (input: Given<N>, options: CallOptions): Promise<Result<Answer<N>>> => {
    try {
      return { ok: true, value: await mutation.mutateAsync({ input, options }) };
    } catch (error) {
      return { ok: false, error: failureOf(error) ?? { code: 'fault.unknown', data: {} } };
    }
  };
  return {
    run: async (input, options = {}) => {
      // React says that it is pending only when it has rendered: a press that was queued comes before.
      const text = JSON.stringify([input, options]);
      if (!countsEachPress && underWay.current?.input === text) return await underWay.current.answer;
      const mine = { input: text, answer: runNow(input, options) };
      underWay.current = mine;
      try {
        return await mine.answer;
      } finally {
        if (underWay.current === mine) underWay.current = null;
      }
    },
    isPending: mutation.isPending,
    failure: failureOf(mutation.error),
    clear: mutation.reset,
  };
}
