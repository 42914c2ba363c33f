import { type CommandState, useSentOnce } from '../../line/use-sent-once.ts';
import { useAccess } from './office-context.tsx';
import type { Answer, CommandName, Given } from './operations.ts';

/** A command of a form, done by the server once however often it is sent. What it changed is asked again at once. */
export function useCommand<N extends CommandName>(name: N): CommandState<Given<N>, Answer<N>> {
  const { queries, tell } = useAccess();
  return useSentOnce<Given<N>, Answer<N>>({
    send: async (input, call) => {
      const result = await tell(name, input, call);
      // Waited for: a row that is opened after "saved" is the row as saved.
      if (result.ok) await queries.invalidateQueries();
      return result;
    },
    lost: 'headoffice.unreachable',
  });
}
