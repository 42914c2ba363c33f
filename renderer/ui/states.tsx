import { OctagonAlert, PackageOpen, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import s from './states.module.css';

export interface EmptyStateProps {
  readonly icon?: LucideIcon | undefined;
  readonly title: ReactNode;
  /** What to do about it. */
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}

/** In the place of content that is not there. */
export function EmptyState({ action, children, icon: Icon = PackageOpen, title }: EmptyStateProps): ReactNode {
  return (
    <div className={s['state']}>
      <Icon aria-hidden="true" className={s['icon']} />
      <p className={s['title']}>{title}</p>
      {children !== undefined && <div className={s['words']}>{children}</div>}
      {action}
    </div>
  );
}

export interface LoadingStateProps {
  /** "Loading sales" */
  readonly children?: ReactNode;
}

/** In the place of content that is coming. For waits on the network; a local action is never waited for. */
export function LoadingState({ children }: LoadingStateProps): ReactNode {
  const { t } = useTranslation('common');
  return (
    <div aria-busy="true" className={s['state']} role="status">
      <span aria-hidden="true" className={s['bars']}>
        <span />
        <span />
        <span />
      </span>
      <div className={s['words']}>{children ?? t('loading')}</div>
    </div>
  );
}

export interface ErrorStateProps {
  readonly title: ReactNode;
  /** What is safe, and the incident's number. */
  readonly children?: ReactNode;
  readonly onRetry?: (() => void) | undefined;
}

/** In the place of content that did not come. */
export function ErrorState({ children, onRetry, title }: ErrorStateProps): ReactNode {
  const { t } = useTranslation('common');
  return (
    <div className={s['state']} role="alert">
      <OctagonAlert aria-hidden="true" className={s['bad']} />
      <p className={s['title']}>{title}</p>
      {children !== undefined && <div className={s['words']}>{children}</div>}
      {onRetry !== undefined && (
        <Button onPress={onRetry} size="small">
          {t('actions.retry')}
        </Button>
      )}
    </div>
  );
}
