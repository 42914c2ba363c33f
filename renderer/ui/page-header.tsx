import { ChevronLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from './icon-button.tsx';
import { isolated } from './isolated.tsx';
import s from './page-header.module.css';

export interface PageHeaderProps {
  readonly title: ReactNode;
  readonly detail?: ReactNode;
  /** Chips right behind the title. */
  readonly state?: ReactNode;
  readonly onBack?: (() => void) | undefined;
  /** Buttons at the end. */
  readonly actions?: ReactNode;
}

/** What a page is about, and what can be done with it. */
export function PageHeader({ actions, detail, onBack, state, title }: PageHeaderProps): ReactNode {
  const { t } = useTranslation('common');
  return (
    <header className={s['header']}>
      {onBack !== undefined && (
        <IconButton icon={ChevronLeft} label={t('actions.back')} onPress={onBack} size="small" />
      )}
      <h1 className={s['title']}>{isolated(title)}</h1>
      {state}
      {detail !== undefined && <p className={s['detail']}>{isolated(detail)}</p>}
      {actions !== undefined && <div className={s['actions']}>{actions}</div>}
    </header>
  );
}
