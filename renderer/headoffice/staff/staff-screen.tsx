import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { PageHeader, Tabs } from '../../ui/index.ts';
import { MembersPage } from './members-page.tsx';
import { RolesPage } from './roles-page.tsx';

/** Who works at the tills, and what they may do there. */
export function StaffScreen(): ReactNode {
  const { t } = useTranslation('headoffice');
  const [page, setPage] = useState('members');
  return (
    <>
      <PageHeader detail={t('staff.hint')} title={t('nav.staff')} />
      <Tabs
        label={t('nav.staff')}
        onChange={setPage}
        pages={[
          { id: 'members', label: t('staff.people'), content: <MembersPage /> },
          { id: 'roles', label: t('staff.roles'), content: <RolesPage /> },
        ]}
        selected={page}
      />
    </>
  );
}
