import { CircleCheck, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components';
import s from './toast.module.css';

export interface ToastProps {
  readonly children: ReactNode;
  readonly icon?: LucideIcon | undefined;
  readonly actionLabel?: string | undefined;
  readonly onAction?: (() => void) | undefined;
}

/** Something that went well and need not be read. What must be read is a Notice. */
export function Toast({ actionLabel, children, icon: Icon = CircleCheck, onAction }: ToastProps): ReactNode {
  return (
    <div className={s['toast']} role="status">
      <Icon aria-hidden="true" className={s['icon']} />
      <span className={s['words']}>{children}</span>
      {actionLabel !== undefined && (
        <Button className={s['action'] ?? ''} onPress={() => onAction?.()}>
          {actionLabel}
        </Button>
      )}
    </div>
  );
}
