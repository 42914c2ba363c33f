import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { OfficeRoleId } from '../../../shared/contract/headoffice/shapes.ts';
import { Button, Checkbox, Dialog, Switch, TextField } from '../../ui/index.ts';
import type { OfficeRole, OfficeUser } from '../data/operations.ts';
import { useCommand } from '../data/use-command.ts';
import { FormGrid } from '../frame/columns.tsx';
import { FailureNotice } from '../frame/failure-notice.tsx';
import { ChoiceGroup } from '../staff/choice-group.tsx';
import { NameAndLogin } from '../staff/name-and-login.tsx';
import { useRoleName } from '../staff/role-name.ts';

export interface UserDialogProps {
  /** Null for a new one. */
  readonly user: OfficeUser | null;
  readonly roles: readonly OfficeRole[];
  readonly onClose: () => void;
}

/** Somebody of the head office. */
export function UserDialog({ onClose, roles, user }: UserDialogProps): ReactNode {
  const { t } = useTranslation(['headoffice', 'staff', 'common']);
  const roleName = useRoleName();
  const create = useCommand('user.create');
  const change = useCommand('user.edit');
  const setNewPassword = useCommand('user.set_password');
  const [name, setName] = useState(user?.name ?? '');
  const [login, setLogin] = useState(user?.login ?? '');
  const [held, setHeld] = useState<readonly OfficeRoleId[]>(user?.roles ?? []);
  const [active, setActive] = useState(user?.active ?? true);
  const [password, setPassword] = useState('');
  const failure = create.failure ?? change.failure ?? setNewPassword.failure;
  const isReady = name.trim() !== '' && login.trim() !== '' && held.length > 0 && (user !== null || password !== '');
  const isPending = create.isPending || change.isPending || setNewPassword.isPending;
  const save = async (): Promise<void> => {
    if (!isReady || isPending) return;
    if (user === null) {
      const made = await create.run({ login, name, roles: [...held], password });
      if (made.ok) onClose();
      return;
    }
    const changed = await change.run({ user: user.user, name, roles: [...held], active });
    if (!changed.ok) return;
    const set = password === '' ? changed : await setNewPassword.run({ user: user.user, password });
    if (set.ok) onClose();
  };
  return (
    <Dialog
      actions={
        <Button isDisabled={!isReady} isPending={isPending} onPress={() => void save()} variant="primary">
          {t('common:actions.save')}
        </Button>
      }
      isOpen
      onClose={onClose}
      title={user === null ? t('settings.newUser') : user.name}
    >
      <FailureNotice failure={failure} />
      <FormGrid>
        <NameAndLogin
          autoFocus
          isLoginFixed={user !== null}
          login={login}
          name={name}
          onLogin={setLogin}
          onName={setName}
        />
        <TextField
          autoComplete="new-password"
          description={user === null ? t('settings.passwordHint') : t('settings.keepPassword')}
          isCode
          isRequired={user === null}
          label={t(user === null ? 'staff:form.password' : 'staff:form.newPassword')}
          onChange={setPassword}
          type="password"
          value={password}
        />
        <ChoiceGroup label={t('staff:form.roles')}>
          {roles.map((role) => (
            <Checkbox
              isSelected={held.includes(role.role)}
              key={role.role}
              onChange={(isSelected) =>
                setHeld(isSelected ? [...held, role.role] : held.filter((one) => one !== role.role))
              }
            >
              {roleName(role.name)}
            </Checkbox>
          ))}
        </ChoiceGroup>
        {user !== null && (
          <Switch isSelected={active} onChange={setActive}>
            {t('settings.mayEnter')}
          </Switch>
        )}
      </FormGrid>
    </Dialog>
  );
}
