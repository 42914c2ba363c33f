import { ChevronLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { classNames } from './class-names.ts';
import { IconButton } from './icon-button.tsx';
import { isolated } from './isolated.tsx';
import s from './page-header.module.css';

export interface PageHeaderProps {
  readonly title: ReactNode;
  readonly detail?: ReactNode;
  /** Chips right behind the title. */
  readonly state?: ReactNode;
  readonly onBack?: (() => void) | undefined;
  /** A field that looks among what is listed beneath: it and the buttons stay in one row, and the words give way. */
  readonly search?: ReactNode;
  /** Buttons at the end. */
  readonly actions?: ReactNode;
}

/** What a page is about, and what can be done with it. */
export function PageHeader({ actions, detail, onBack, search, state, title }: PageHeaderProps): ReactNode {
  const { t } = useTranslation('common');
  return (
    <header className={classNames(s['header'], search !== undefined && s['searching'])}>
      {onBack !== undefined && (
        <IconButton icon={ChevronLeft} label={t('actions.back')} onPress={onBack} size="small" />
      )}
      <div className={s['words']}>
        <h1 className={s['title']}>{isolated(title)}</h1>
        {state}
        {detail !== undefined && <p className={s['detail']}>{isolated(detail)}</p>}
      </div>
      {search !== undefined && <div className={s['search']}>{search}</div>}
      {actions !== undefined && <div className={s['actions']}>{actions}</div>}
    </header>
  );
}
