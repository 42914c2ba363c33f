import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { PageHeader, Tabs } from '../../ui/index.ts';
import { useMay } from '../data/office-context.tsx';
import { SupportPage } from '../support/support-page.tsx';
import { AccountPage } from './account-page.tsx';
import { StoresPage } from './stores-page.tsx';
import { UsersPage } from './users-page.tsx';

/** The stores, who signs in here, and one's own account. */
export function SettingsScreen(): ReactNode {
  const { t } = useTranslation('headoffice');
  const mayEdit = useMay('settings.edit');
  const mayCollect = useMay('support.collect');
  const [page, setPage] = useState('stores');
  return (
    <>
      <PageHeader title={t('nav.settings')} />
      <Tabs
        label={t('nav.settings')}
        onChange={setPage}
        pages={[
          { id: 'stores', label: t('settings.stores'), content: <StoresPage /> },
          ...(mayEdit ? [{ id: 'users', label: t('settings.users'), content: <UsersPage /> }] : []),
          { id: 'account', label: t('settings.account'), content: <AccountPage /> },
          ...(mayCollect ? [{ id: 'support', label: t('settings.support'), content: <SupportPage /> }] : []),
        ]}
        selected={page}
      />
    </>
  );
}
