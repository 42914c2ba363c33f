import { useState } from 'react';
import type { Failure } from '../../../shared/contract/errors.ts';
import type { Permission } from '../../../shared/contract/permissions.ts';
import type { CommandId, StaffId } from '../../../shared/ids.ts';
import { newId } from '../../line/line.ts';
import type { Answer, CommandName, Given } from '../data/operations.ts';
import { useAccess } from '../data/till-context.tsx';
import { useCommand } from '../data/use-command.ts';
import { useAtTheTill } from '../frame/session-context.tsx';

/** A command that waits for a manager. Its UUID is fixed before the approval, which holds for that one alone. */
interface Waiting<N extends CommandName> {
  readonly input: Given<N>;
  readonly command: CommandId;
}

export interface Credential {
  readonly kind: 'pin' | 'password';
  readonly secret: string;
}

export interface Approved<N extends CommandName> {
  /** What a manager must hold to say yes. */
  readonly permission: Permission;
  /** Does it, or asks for a manager first where the person at the till may not. */
  start(input: Given<N>): Promise<void>;
  /** What waits for a manager; null when nothing does. */
  readonly waiting: Given<N> | null;
  /** A manager says yes: once, to exactly this. */
  approve(staff: StaffId, credential: Credential): Promise<void>;
  refuse(): void;
  readonly isPending: boolean;
  /** What went wrong with the command itself. */
  readonly failure: Failure | undefined;
  /** What went wrong with the approval. */
  readonly refusal: Failure | undefined;
  clear(): void;
}

/** A command that some may give alone and others only with a manager beside them. */
export function useApproved<N extends CommandName>(
  name: N,
  permission: Permission,
  onDone: (answer: Answer<N>, input: Given<N>) => void | Promise<void>,
): Approved<N> {
  const { can } = useAtTheTill();
  const { tell } = useAccess();
  const command = useCommand(name);
  const [waiting, setWaiting] = useState<Waiting<N> | null>(null);
  const [refusal, setRefusal] = useState<Failure | undefined>(undefined);
  const [isAsking, setIsAsking] = useState(false);

  return {
    permission,
    start: async (input) => {
      setRefusal(undefined);
      if (!can(permission)) return setWaiting({ input, command: newId<CommandId>() });
      const result = await command.run(input);
      if (result.ok) await onDone(result.value, input);
    },
    waiting: waiting?.input ?? null,
    approve: async (staff, credential) => {
      if (waiting === null) return;
      setIsAsking(true);
      const given = await tell('session.approve', { staff, credential, permission, command: waiting.command });
      setIsAsking(false);
      if (!given.ok) return setRefusal(given.error);
      setRefusal(undefined);
      setWaiting(null);
      const result = await command.run(waiting.input, { command: waiting.command, approval: given.value.approval });
      if (result.ok) await onDone(result.value, waiting.input);
    },
    refuse: () => {
      setRefusal(undefined);
      setWaiting(null);
    },
    isPending: command.isPending || isAsking,
    failure: command.failure,
    refusal,
    clear: command.clear,
  };
}
