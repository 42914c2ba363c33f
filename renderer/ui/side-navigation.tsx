import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Avatar } from './avatar.tsx';
import { useFormat } from './format-context.tsx';
import { isolated } from './isolated.tsx';
import { Logo } from './logo.tsx';
import s from './side-navigation.module.css';

export interface NavigationEntry {
  readonly id: string;
  readonly label: string;
  readonly icon: LucideIcon;
  /** With wouter's hash routing: `#/sales`. */
  readonly href: string;
  /** How many things wait there for a decision. */
  readonly count?: number | undefined;
}

export interface SideNavigationProps {
  readonly entries: readonly NavigationEntry[];
  /** At the bottom: settings. */
  readonly lastEntries?: readonly NavigationEntry[] | undefined;
  readonly current: string;
  readonly person?: { readonly name: string; readonly detail: ReactNode } | undefined;
  /** Beside the person: sign out. */
  readonly personAction?: ReactNode;
}

/** The head office's navigation, 212 px; icons alone below 900. */
export function SideNavigation(props: SideNavigationProps): ReactNode {
  const { current, entries, lastEntries = [], person } = props;
  const { t } = useTranslation('common');
  return (
    <nav aria-label={t('bar.navigation')} className={s['navigation']}>
      <div className={s['logo']}>
        <Logo />
      </div>
      <div className={s['mark']}>
        <Logo isMarkOnly />
      </div>
      <ul className={s['list']}>
        {entries.map((entry) => (
          <Entry entry={entry} isCurrent={entry.id === current} key={entry.id} />
        ))}
      </ul>
      <ul className={s['last']}>
        {lastEntries.map((entry) => (
          <Entry entry={entry} isCurrent={entry.id === current} key={entry.id} />
        ))}
      </ul>
      {person !== undefined && (
        <div className={s['person']}>
          <Avatar name={person.name} />
          <span className={s['person-words']}>
            <span>{isolated(person.name)}</span>
            <span className={s['person-detail']}>{isolated(person.detail)}</span>
          </span>
          {props.personAction}
        </div>
      )}
    </nav>
  );
}

function Entry({ entry, isCurrent }: { readonly entry: NavigationEntry; readonly isCurrent: boolean }): ReactNode {
  const format = useFormat();
  const { count = 0, href, icon: Icon, label } = entry;
  return (
    <li>
      <Link {...(isCurrent ? { 'aria-current': 'page' as const } : {})} className={s['entry'] ?? ''} href={href}>
        <Icon aria-hidden="true" className={s['icon']} />
        <span className={s['label']}>{label}</span>
        {count > 0 && <bdi className={s['count']}>{format.integer(count)}</bdi>}
      </Link>
    </li>
  );
}
