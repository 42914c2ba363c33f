import { X, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import { classNames } from './class-names.ts';
import { IconButton } from './icon-button.tsx';
import s from './notice.module.css';
import { severityIcons, type Severity } from './severity.ts';

export interface NoticeProps {
  readonly severity: Severity;
  /** What happened. */
  readonly title: ReactNode;
  /** Whether it is saved, and what to do next. */
  readonly children?: ReactNode;
  /** Another than the severity's own. */
  readonly icon?: LucideIcon | undefined;
  readonly actions?: ReactNode;
  readonly onClose?: (() => void) | undefined;
  /** Lies in the slot beside the scan field: 60 px high, and higher over what is beneath where its words need it. */
  readonly isInSlot?: boolean | undefined;
}

/** Something that happened, in words. Blocks nothing. */
export function Notice(props: NoticeProps): ReactNode {
  const { actions, children, isInSlot = false, onClose, severity, title } = props;
  const { t } = useTranslation('common');
  const Sign = props.icon ?? severityIcons[severity];
  return (
    <div
      className={classNames(s['notice'], s[severity], isInSlot && s['in-slot'])}
      role={severity === 'bad' || severity === 'warn' ? 'alert' : 'status'}
    >
      {severity === 'bad' && props.icon === undefined ? (
        <FilledOctagon />
      ) : (
        <Sign aria-hidden="true" className={s['icon']} />
      )}
      <div className={s['words']}>
        <p className={s['title']}>{title}</p>
        {children !== undefined && <div className={s['detail']}>{children}</div>}
      </div>
      {actions !== undefined && <div className={s['actions']}>{actions}</div>}
      {onClose !== undefined && (
        <IconButton icon={X} keepsFocus label={t('actions.close')} onPress={onClose} size="small" variant="quiet" />
      )}
    </div>
  );
}

/** The sign of what is wrong is filled: heavier than the others, also without colour. */
function FilledOctagon(): ReactNode {
  return (
    <svg aria-hidden="true" className={s['icon']} viewBox="0 0 24 24">
      <path className={s['octagon']} d="M8.3 2h7.4L22 8.3v7.4L15.7 22H8.3L2 15.7V8.3Z" />
      <path className={s['mark']} d="M12 7.5v5M12 16.5h.01" />
    </svg>
  );
}

/** The one place for notices, beside the scan field. It keeps its size whether anything is in it or not. */
export function NoticeSlot({ children }: { readonly children?: ReactNode }): ReactNode {
  return <div className={s['slot']}>{children}</div>;
}

export interface LastScannedProps {
  readonly name: string;
  readonly detail: ReactNode;
  readonly onUndo?: (() => void) | undefined;
}

/** What lies in the slot when nothing is wrong: what was scanned last, and how to take it back. */
export function LastScanned({ detail, name, onUndo }: LastScannedProps): ReactNode {
  const { t } = useTranslation('common');
  return (
    <div className={s['last']} role="status">
      <div className={s['words']}>
        <p className={s['title']} dir="auto">
          {name}
        </p>
        <div className={s['detail']}>{detail}</div>
      </div>
      {onUndo !== undefined && (
        <Button isStacked keepsFocus onPress={onUndo} shortcut="undo" size="small">
          {t('actions.undo')}
        </Button>
      )}
    </div>
  );
}
