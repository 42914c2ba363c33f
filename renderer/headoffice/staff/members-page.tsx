import { Plus } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { StoreId } from '../../../shared/ids.ts';
import { Button, Checkbox, Chip, EmptyState, Notice, Panel, Select, Table } from '../../ui/index.ts';
import { useMay, useSession } from '../data/office-context.tsx';
import type { Member, Role } from '../data/operations.ts';
import { useAsk } from '../data/use-ask.ts';
import { Answered } from '../frame/section.tsx';
import { BarEnd, TabPage } from '../frame/tab-page.tsx';
import { TwoLines } from '../frame/two-lines.tsx';
import { MemberDialog } from './member-dialog.tsx';
import { useRoleName } from './role-name.ts';

/** The staff of all stores, or of one. */
export function MembersPage(): ReactNode {
  const { t } = useTranslation(['headoffice', 'staff', 'common']);
  const { stores } = useSession();
  const mayEdit = useMay('staff.edit');
  const [store, setStore] = useState<StoreId | ''>('');
  const [hasInactive, setHasInactive] = useState(false);
  const [edited, setEdited] = useState<Member | 'new' | null>(null);
  const [saved, setSaved] = useState<string | null>(null);
  const members = useAsk('staff.list', { store: store === '' ? null : store }, { keepsPrevious: true });
  const roles = useAsk('staff.roles', {}).data?.roles ?? [];
  return (
    <TabPage
      bar={
        <>
          {stores.length > 1 && (
            <Select<StoreId | ''>
              choices={[
                { id: '', label: t('common:all') },
                ...stores.map((one) => ({ id: one.store, label: one.store_name })),
              ]}
              label={t('common.store')}
              onChange={setStore}
              value={store}
            />
          )}
          <Checkbox isSelected={hasInactive} onChange={setHasInactive}>
            {t('staff:inactiveToo')}
          </Checkbox>
          {mayEdit && (
            <BarEnd>
              <Button icon={Plus} onPress={() => setEdited('new')} variant="primary">
                {t('staff:new')}
              </Button>
            </BarEnd>
          )}
        </>
      }
    >
      {saved !== null && <Notice onClose={() => setSaved(null)} severity="ok" title={saved} />}
      <Panel>
        <Answered of={members}>
          {({ staff }) => (
            <MembersTable onOpen={setEdited} roles={roles} rows={staff.filter(({ active }) => active || hasInactive)} />
          )}
        </Answered>
      </Panel>
      {edited !== null && (
        <MemberDialog
          member={edited === 'new' ? null : edited}
          onClose={() => setEdited(null)}
          onSaved={(words) => {
            setEdited(null);
            setSaved(words);
          }}
          roles={roles}
        />
      )}
    </TabPage>
  );
}

function MembersTable(props: {
  readonly rows: readonly Member[];
  readonly roles: readonly Role[];
  readonly onOpen: (member: Member) => void;
}): ReactNode {
  const { t } = useTranslation(['headoffice', 'staff']);
  const { stores } = useSession();
  const roleName = useRoleName();
  const storeNames = new Map(stores.map(({ store, store_name }) => [store, store_name]));
  const roleNames = new Map(props.roles.map(({ name, role }) => [role, roleName(name)]));
  return (
    <Table<Member>
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
          render: ({ roles }) => roles.map((role) => roleNames.get(role) ?? '–').join(', ') || '–',
        },
        {
          id: 'stores',
          title: t('staff.worksAt'),
          render: (member) => member.stores.map((store) => storeNames.get(store) ?? '–').join(', ') || '–',
        },
        {
          id: 'credentials',
          title: t('staff:signIn'),
          render: ({ has_password, has_pin }) =>
            [has_pin && t('staff:pin'), has_password && t('staff:password')].filter(Boolean).join(', ') ||
            t('staff:nothing'),
        },
        {
          id: 'state',
          title: t('staff:state'),
          render: ({ active }) => (active ? t('staff:active') : <Chip severity="info">{t('staff:inactive')}</Chip>),
          width: 'narrow',
        },
      ]}
      isFaded={({ active }) => !active}
      label={t('staff:title')}
      onRowPress={props.onOpen}
      placeholder={<EmptyState title={t('staff:none')} />}
      rowId={({ staff }) => staff}
      rows={props.rows}
    />
  );
}
