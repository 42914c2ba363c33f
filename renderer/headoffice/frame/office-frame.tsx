import { Boxes, ChartColumn, Inbox, LayoutDashboard, Monitor, Package, Receipt, Settings, Users } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Permission } from '../../../shared/contract/permissions.ts';
import { Notice, PageScrollProvider, SideNavigation, useFormat } from '../../ui/index.ts';
import { useSession } from '../data/office-context.tsx';
import { useAsk } from '../data/use-ask.ts';
import { usePulse } from '../data/use-pulse.ts';
import s from './office-frame.module.css';
import { SignOutSign } from './sign-out.tsx';

const pages = [
  { id: 'today', icon: LayoutDashboard, href: '#/', permission: 'report.view' },
  { id: 'sales', icon: Receipt, href: '#/sales', permission: 'sale.view' },
  { id: 'tills', icon: Monitor, href: '#/tills', permission: 'sync.view' },
  { id: 'inbox', icon: Inbox, href: '#/inbox', permission: 'sync.view' },
  { id: 'catalogue', icon: Package, href: '#/catalogue', permission: 'product.view' },
  { id: 'stock', icon: Boxes, href: '#/stock', permission: 'stock.view' },
  { id: 'staff', icon: Users, href: '#/staff', permission: 'staff.view' },
  { id: 'reports', icon: ChartColumn, href: '#/reports', permission: 'report.view' },
] as const satisfies readonly {
  readonly id: string;
  readonly permission: Permission;
  readonly [rest: string]: unknown;
}[];

/** The navigation beside every page, and above the page what must be known about the line to the server. */
export function OfficeFrame({ children }: { readonly children: ReactNode }): ReactNode {
  const { t } = useTranslation('headoffice');
  const session = useSession();
  const [path] = useLocation();
  const mayLook = session.permissions.includes('sync.view');
  const inbox = useAsk('inbox.count', {}, { isEnabled: mayLook, every_ms: 60_000 });
  const current = path === '/' ? 'today' : (path.split('/')[1] ?? '');
  return (
    <div className={s['office']}>
      <SideNavigation
        current={current}
        entries={pages
          .filter(({ permission }) => session.permissions.includes(permission))
          .map(({ href, icon, id }) => ({
            id,
            icon,
            href,
            label: t(`nav.${id}`),
            count: id === 'inbox' ? (inbox.data?.total ?? 0) : 0,
          }))}
        lastEntries={[{ id: 'settings', icon: Settings, href: '#/settings', label: t('nav.settings') }]}
        person={{ name: session.name, detail: session.company }}
        personAction={<SignOutSign />}
      />
      <main className={s['page']}>
        <LineState />
        <PageScrollProvider value>{children}</PageScrollProvider>
      </main>
    </div>
  );
}

function LineState(): ReactNode {
  const { t } = useTranslation('headoffice');
  const format = useFormat();
  const { isReachable, last } = usePulse();
  if (isReachable) return null;
  return (
    <Notice severity="warn" title={t('state.unreachable')}>
      {last === null ? t('state.again') : t('state.figuresFrom', { time: format.time(last) })}
    </Notice>
  );
}
