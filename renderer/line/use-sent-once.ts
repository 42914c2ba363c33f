import { useMutation } from '@tanstack/react-query';
import { useRef } from 'react';
import { type CallOptions, OperationError } from '../../shared/contract/client.ts';
import type { ErrorCode, Failure, Result } from '../../shared/contract/errors.ts';
import type { CommandId } from '../../shared/ids.ts';
import { useMark } from '../ui/marked-fields.tsx';
import { failureOf, newId } from './line.ts';

export interface CommandState<Input, Answer> {
  /**
   * Never rejects. A second press with the same input while the first is under way is nobody's wish, but a bounce of the
   * screen or a click that was queued: it is answered with the first one's answer. Disable by `isPending` all the same.
   */
  run(input: Input, options?: CallOptions): Promise<Result<Answer>>;
  readonly isPending: boolean;
  readonly failure: Failure | undefined;
  clear(): void;
}

export interface SentOnceParts<Input, Answer> {
  /** Never rejects. What it waits for beyond the answer belongs to the command: it is pending until then. */
  readonly send: (input: Input, options: CallOptions & { readonly command: CommandId }) => Promise<Result<Answer>>;
  /** The failure that leaves open whether the command was done. */
  readonly lost: ErrorCode;
  /** Each press counts, however quick: the same thing scanned twice is two. */
  readonly countsEachPress?: boolean;
}

/**
 * A command of a form. When its answer was lost, the same input is sent under the same UUID again: whether the other side
 * had already done it or not, it is done once.
 */
export function useSentOnce<Input, Answer>(parts: SentOnceParts<Input, Answer>): CommandState<Input, Answer> {
  const { countsEachPress = false, lost, send } = parts;
  const underWay = useRef<{ readonly input: string; readonly answer: Promise<Result<Answer>> } | null>(null);
  const unanswered = useRef<{ readonly input: string; readonly command: CommandId } | null>(null);
  const mutation = useMutation({
    mutationFn: async ({ input, options }: { readonly input: Input; readonly options: CallOptions }) => {
      const text = JSON.stringify(input);
      const repeated = unanswered.current?.input === text ? unanswered.current.command : undefined;
      const command = options.command ?? repeated ?? newId<CommandId>();
      const result = await send(input, { ...options, command });
      unanswered.current = !result.ok && result.error.code === lost ? { input: text, command } : null;
      if (!result.ok) throw new OperationError(result.error);
      return result.value;
    },
  });
  const failure = failureOf(mutation.error);
  useMark(failure?.code === 'input.malformed' ? String(failure.data['where']) : undefined);
  const runNow = async (input: Input, options: CallOptions): Promise<Result<Answer>> => {
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
    failure,
    clear: mutation.reset,
  };
}
