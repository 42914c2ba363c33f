import { Plus } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Chip, Panel, Table } from '../../ui/index.ts';
import type { OfficeRole, OfficeUser } from '../data/operations.ts';
import { useAsk } from '../data/use-ask.ts';
import { Answered } from '../frame/section.tsx';
import { BarEnd, TabPage } from '../frame/tab-page.tsx';
import { TwoLines } from '../frame/two-lines.tsx';
import { useRoleName } from '../staff/role-name.ts';
import { UserDialog } from './user-dialog.tsx';

/** Who may sign in here. */
export function UsersPage(): ReactNode {
  const { t } = useTranslation('headoffice');
  const users = useAsk('user.list', {});
  const [edited, setEdited] = useState<OfficeUser | 'new' | null>(null);
  return (
    <TabPage
      bar={
        <BarEnd>
          <Button icon={Plus} onPress={() => setEdited('new')} variant="primary">
            {t('settings.newUser')}
          </Button>
        </BarEnd>
      }
    >
      <Answered of={users}>
        {({ roles, users: rows }) => (
          <>
            <Panel>
              <UsersTable onOpen={setEdited} roles={roles} rows={rows} />
            </Panel>
            {edited !== null && (
              <UserDialog onClose={() => setEdited(null)} roles={roles} user={edited === 'new' ? null : edited} />
            )}
          </>
        )}
      </Answered>
    </TabPage>
  );
}

function UsersTable(props: {
  readonly rows: readonly OfficeUser[];
  readonly roles: readonly OfficeRole[];
  readonly onOpen: (user: OfficeUser) => void;
}): ReactNode {
  const { t } = useTranslation(['headoffice', 'staff']);
  const roleName = useRoleName();
  const names = new Map(props.roles.map(({ name, role }) => [role, roleName(name)]));
  return (
    <Table<OfficeUser>
      columns={[
        {
          id: 'name',
          title: t('staff:name'),
          render: ({ login, name }) => <TwoLines detail={<bdi>{login}</bdi>} title={name} />,
          isRowName: true,
        },
        {
          id: 'roles',
          title: t('staff:roles'),
          render: ({ roles }) => roles.map((role) => names.get(role) ?? '–').join(', '),
        },
        {
          id: 'state',
          title: t('staff:state'),
          render: ({ active }) =>
            active ? t('settings.mayEnter') : <Chip severity="info">{t('settings.mayNotEnter')}</Chip>,
          width: 'narrow',
        },
      ]}
      isFaded={({ active }) => !active}
      label={t('settings.users')}
      onRowPress={props.onOpen}
      rowId={({ user }) => user}
      rows={props.rows}
    />
  );
}
