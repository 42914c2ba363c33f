import { Plus } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { permissions, type Permission } from '../../../shared/contract/permissions.ts';
import type { RoleId } from '../../../shared/ids.ts';
import { Button, Checkbox, Dialog, EmptyState, Panel, Table, TextField, useFormat } from '../../ui/index.ts';
import { newId } from '../../line/line.ts';
import { useMay } from '../data/office-context.tsx';
import type { Role } from '../data/operations.ts';
import { useAsk } from '../data/use-ask.ts';
import { useCommand } from '../data/use-command.ts';
import { FailureNotice } from '../frame/failure-notice.tsx';
import { Answered } from '../frame/section.tsx';
import { BarEnd, TabPage } from '../frame/tab-page.tsx';
import { ChoiceGroup } from './choice-group.tsx';
import { useRoleName } from './role-name.ts';

/** The roles of the tills and what each may do. */
export function RolesPage(): ReactNode {
  const { t } = useTranslation('headoffice');
  const format = useFormat();
  const mayEdit = useMay('staff.edit');
  const roleName = useRoleName();
  const roles = useAsk('staff.roles', {});
  const [edited, setEdited] = useState<Role | null>(null);
  return (
    <TabPage
      bar={
        mayEdit && (
          <BarEnd>
            <Button
              icon={Plus}
              onPress={() => setEdited({ role: newId<RoleId>(), name: '', permissions: [] })}
              variant="primary"
            >
              {t('staff.newRole')}
            </Button>
          </BarEnd>
        )
      }
    >
      <Panel>
        <Answered of={roles}>
          {({ roles: rows }) => (
            <Table<Role>
              columns={[
                { id: 'name', title: t('staff.role'), render: ({ name }) => roleName(name), isRowName: true },
                {
                  id: 'permissions',
                  title: t('staff.may'),
                  render: (role) =>
                    t('staff.ofPermissions', {
                      held: format.integer(known(role).length),
                      all: format.integer(permissions.length),
                    }),
                },
              ]}
              label={t('staff.roles')}
              {...(mayEdit ? { onRowPress: setEdited } : {})}
              placeholder={<EmptyState title={t('staff.noRoles')} />}
              rowId={({ role }) => role}
              rows={rows}
            />
          )}
        </Answered>
      </Panel>
      {edited !== null && <RoleDialog onClose={() => setEdited(null)} role={edited} />}
    </TabPage>
  );
}

/** Those of a role's permissions that this version has a word for. */
function known(role: Role): Permission[] {
  return permissions.filter((permission) => role.permissions.includes(permission));
}

function RoleDialog({ onClose, role }: { readonly role: Role; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation(['headoffice', 'common']);
  const record = useCommand('staff.record_role');
  const [name, setName] = useState(role.name);
  const [held, setHeld] = useState<readonly Permission[]>(() => known(role));
  const isReady = name.trim() !== '';
  const save = async (): Promise<void> => {
    if (!isReady) return;
    const result = await record.run({ role: role.role, name, permissions: [...held] });
    if (result.ok) onClose();
  };
  return (
    <Dialog
      actions={
        <Button isDisabled={!isReady} isPending={record.isPending} onPress={() => void save()} variant="primary">
          {t('common:actions.save')}
        </Button>
      }
      isOpen
      onClose={onClose}
      size="large"
      title={role.name === '' ? t('staff.newRole') : t('staff.editRole')}
    >
      <FailureNotice failure={record.failure} />
      <TextField isRequired label={t('staff.roleName')} maxLength={200} onChange={setName} path="name" value={name} />
      <ChoiceGroup label={t('staff.may')}>
        {permissions.map((permission) => (
          <Checkbox
            isSelected={held.includes(permission)}
            key={permission}
            onChange={(isSelected) =>
              setHeld(permissions.filter((one) => (one === permission ? isSelected : held.includes(one))))
            }
          >
            {t(`permission.${permission}`)}
          </Checkbox>
        ))}
      </ChoiceGroup>
    </Dialog>
  );
}
