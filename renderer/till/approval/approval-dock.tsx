import { useState, type ReactNode } from 'react';
import { ApprovalPanel } from '../../ui/index.ts';
import type { StaffId } from '../../../shared/ids.ts';
import type { CommandName } from '../data/operations.ts';
import { useAsk } from '../data/use-ask.ts';
import { useFailureText } from '../frame/failure-text.ts';
import { useAtTheTill } from '../frame/session-context.tsx';
import type { Approved } from './use-approved.ts';

export interface ApprovalDockProps<N extends CommandName> {
  readonly approved: Approved<N>;
  /** What is approved: the amount, the tender, who asks and why. */
  readonly children: ReactNode;
}

/** The manager's prompt beside what is to be approved. Who may approve what, the till decides. */
export function ApprovalDock<N extends CommandName>({ approved, children }: ApprovalDockProps<N>): ReactNode {
  const { session } = useAtTheTill();
  const failureText = useFailureText();
  const choices = useAsk('session.choices', {});
  const [approver, setApprover] = useState<StaffId | null>(null);
  const [usesPassword, setUsesPassword] = useState(false);
  const [secret, setSecret] = useState('');
  const others = (choices.data?.people ?? []).filter(({ staff }) => staff !== session.staff);
  const chosen = others.find(({ staff }) => staff === approver) ?? others[0];
  const approve = async (): Promise<void> => {
    if (chosen === undefined) return;
    await approved.approve(chosen.staff, { kind: usesPassword ? 'password' : 'pin', secret });
    // Right or wrong, it is typed anew the next time.
    setSecret('');
  };
  return (
    <ApprovalPanel
      approver={chosen?.staff ?? null}
      approvers={others.map(({ name, staff }) => ({ id: staff, name }))}
      credential={secret}
      error={failureText(approved.refusal)}
      isPending={approved.isPending}
      onApprove={() => void approve()}
      onChooseApprover={(id) => {
        setApprover(others.find(({ staff }) => staff === id)?.staff ?? null);
        setSecret('');
      }}
      onCredentialChange={setSecret}
      onRefuse={approved.refuse}
      onUsePassword={() => {
        setUsesPassword(true);
        setSecret('');
      }}
      pinDigits={4}
      usesPassword={usesPassword}
    >
      {children}
    </ApprovalPanel>
  );
}
