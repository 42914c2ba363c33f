import { useState, type ReactNode } from 'react';
import { ApprovalPanel } from '../../ui/index.ts';
import type { StaffId } from '../../../shared/ids.ts';
import type { CommandName } from '../data/operations.ts';
import { useAsk } from '../data/use-ask.ts';
import { useErrorText, useFailureText } from '../frame/failure-text.ts';
import type { Approved } from './use-approved.ts';

export interface ApprovalDockProps<N extends CommandName> {
  readonly approved: Approved<N>;
  /** What is approved: the amount, the tender, who asks and why. */
  readonly children: ReactNode;
}

/** The manager's prompt beside what is to be approved. Who may approve what, the till decides. */
export function ApprovalDock<N extends CommandName>({ approved, children }: ApprovalDockProps<N>): ReactNode {
  const failureText = useFailureText();
  const errorText = useErrorText();
  const answer = useAsk('session.approvers', { permission: approved.permission });
  const [approver, setApprover] = useState<StaffId | null>(null);
  const [usesPassword, setUsesPassword] = useState(false);
  const [secret, setSecret] = useState('');
  const others = answer.data?.people;
  const chosen = others?.find(({ staff }) => staff === approver) ?? others?.[0];
  const approve = async (): Promise<void> => {
    if (chosen === undefined) return;
    await approved.approve(chosen.staff, { kind: usesPassword ? 'password' : 'pin', secret });
    // Right or wrong, it is typed anew the next time.
    setSecret('');
  };
  return (
    <ApprovalPanel
      approver={chosen?.staff ?? null}
      approvers={others?.map(({ name, staff }) => ({ id: staff, name }))}
      credential={secret}
      error={failureText(approved.refusal) ?? errorText(answer.error)}
      isPending={approved.isPending}
      onApprove={() => void approve()}
      onChooseApprover={(id) => {
        setApprover(others?.find(({ staff }) => staff === id)?.staff ?? null);
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
