import { CircleCheck, CloudOff, OctagonAlert, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components';
import s from './chip.module.css';
import { classNames } from './class-names.ts';
import { Icon } from './icon.tsx';
import { severityIcons, type Severity } from './severity.ts';

export interface ChipProps {
  readonly severity: Severity;
  readonly children: ReactNode;
  readonly icon?: LucideIcon | undefined;
}

/** The state of one thing in a list: an icon and a word, heavier as it gets worse. */
export function Chip({ children, icon, severity }: ChipProps): ReactNode {
  const Sign = icon ?? severityIcons[severity];
  return (
    <span className={classNames(s['chip'], s[severity])}>
      <Sign aria-hidden="true" className={s['icon']} />
      {children}
    </span>
  );
}

export interface TagProps {
  readonly children: ReactNode;
  readonly icon?: LucideIcon | undefined;
  /** `accent` for why a price changed, `neutral` for what else is so. */
  readonly tone?: 'accent' | 'neutral' | undefined;
}

/** A small fact about a line: a discount, a promotion, a deposit. */
export function Tag({ children, icon, tone = 'accent' }: TagProps): ReactNode {
  return (
    <span className={classNames(s['tag'], s[tone])}>
      {icon !== undefined && <Icon className={s['tag-icon']} icon={icon} />}
      {children}
    </span>
  );
}

export type SyncState = 'confirmed' | 'waiting' | 'stopped';

export interface SyncChipProps {
  readonly state: SyncState;
  /** "412 of 412 confirmed" */
  readonly children: ReactNode;
  /** Opens what stands behind the sign. */
  readonly onPress?: (() => void) | undefined;
}

const syncIcons: Readonly<Record<SyncState, LucideIcon>> = {
  confirmed: CircleCheck,
  waiting: CloudOff,
  stopped: OctagonAlert,
};

/** The one sign of sync: outlined when well, tinted while waiting, solid when somebody must act. */
export function SyncChip({ children, onPress, state }: SyncChipProps): ReactNode {
  const Sign = syncIcons[state];
  const face = (
    <>
      <Sign aria-hidden="true" className={s['icon']} />
      <span className={s['sync-words']}>{children}</span>
    </>
  );
  const className = classNames(s['sync'], s[`sync-${state}`]);
  if (onPress === undefined) {
    return (
      <span className={className} role="status">
        {face}
      </span>
    );
  }
  return (
    <Button className={className} onPress={onPress} preventFocusOnPress>
      {face}
    </Button>
  );
}
