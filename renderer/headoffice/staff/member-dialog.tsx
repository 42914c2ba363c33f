import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { RoleId, StoreId } from '../../../shared/ids.ts';
import { Button, Checkbox, ConfirmDialog, Dialog, TextField } from '../../ui/index.ts';
import { useMay, useSession } from '../data/office-context.tsx';
import type { Member, Role } from '../data/operations.ts';
import { useAsk } from '../data/use-ask.ts';
import { useCommand } from '../data/use-command.ts';
import { FormGrid } from '../frame/columns.tsx';
import { FailureNotice } from '../frame/failure-notice.tsx';
import { ChoiceGroup } from './choice-group.tsx';
import { CredentialForms } from './credential-forms.tsx';
import { NameAndLogin } from './name-and-login.tsx';
import { useRoleName } from './role-name.ts';

export interface MemberDialogProps {
  /** Null for a new one. */
  readonly member: Member | null;
  readonly roles: readonly Role[];
  readonly onClose: () => void;
  readonly onSaved: (words: string) => void;
}

/** A member of staff: a new one, or one to be changed. */
export function MemberDialog(props: MemberDialogProps): ReactNode {
  return props.member === null ? <NewMember {...props} /> : <ExistingMember {...props} member={props.member} />;
}

function toggled<Id>(held: readonly Id[], id: Id, isSelected: boolean): Id[] {
  return isSelected ? [...held, id] : held.filter((one) => one !== id);
}

function RoleChoices(props: {
  readonly roles: readonly Role[];
  readonly chosen: readonly RoleId[];
  readonly isDisabled?: boolean;
  readonly onChange: (roles: RoleId[]) => void;
}): ReactNode {
  const { t } = useTranslation('staff');
  const roleName = useRoleName();
  return (
    <ChoiceGroup label={t('form.roles')}>
      {props.roles.map(({ name, role }) => (
        <Checkbox
          isDisabled={props.isDisabled ?? false}
          isSelected={props.chosen.includes(role)}
          key={role}
          onChange={(isSelected) => props.onChange(toggled(props.chosen, role, isSelected))}
        >
          {roleName(name)}
        </Checkbox>
      ))}
    </ChoiceGroup>
  );
}

function NewMember({ onClose, onSaved, roles }: MemberDialogProps): ReactNode {
  const { t } = useTranslation(['headoffice', 'staff']);
  const session = useSession();
  const create = useCommand('staff.create');
  const [name, setName] = useState('');
  const [login, setLogin] = useState('');
  const [chosen, setChosen] = useState<readonly RoleId[]>([]);
  const [stores, setStores] = useState<readonly StoreId[]>(
    session.stores.length === 1 ? session.stores.map(({ store }) => store) : [],
  );
  const [pin, setPin] = useState('');
  const [password, setPassword] = useState('');
  const isReady = name.trim() !== '' && login.trim() !== '' && stores.length > 0;
  const save = async (): Promise<void> => {
    if (!isReady || create.isPending) return;
    const result = await create.run({
      name,
      login,
      roles: [...chosen],
      stores: [...stores],
      pin: pin === '' ? null : pin,
      password: password === '' ? null : password,
    });
    if (result.ok) onSaved(t('staff:form.created', { name: result.value.name }));
  };
  return (
    <Dialog
      actions={
        <Button isDisabled={!isReady} isPending={create.isPending} onPress={() => void save()} variant="primary">
          {t('staff:form.create')}
        </Button>
      }
      isOpen
      onClose={onClose}
      title={t('staff:form.new')}
    >
      <FailureNotice failure={create.failure} />
      <FormGrid>
        <NameAndLogin autoFocus login={login} name={name} onLogin={setLogin} onName={setName} />
        <RoleChoices chosen={chosen} onChange={setChosen} roles={roles} />
        <ChoiceGroup label={t('staff.worksAt')}>
          {session.stores.map(({ store, store_name }) => (
            <Checkbox
              isSelected={stores.includes(store)}
              key={store}
              onChange={(isSelected) => setStores(toggled(stores, store, isSelected))}
            >
              {store_name}
            </Checkbox>
          ))}
        </ChoiceGroup>
        <TextField
          autoComplete="off"
          description={t('staff:form.pinHint')}
          inputMode="numeric"
          isCode
          label={t('staff:form.pin')}
          maxLength={8}
          onChange={(text) => setPin(text.replaceAll(/\D/g, ''))}
          type="password"
          value={pin}
        />
        <TextField
          autoComplete="new-password"
          description={t('staff.passwordHint')}
          isCode
          label={t('staff:form.password')}
          onChange={setPassword}
          type="password"
          value={password}
        />
      </FormGrid>
    </Dialog>
  );
}

function ExistingMember(props: MemberDialogProps & { readonly member: Member }): ReactNode {
  const { onClose, onSaved, roles } = props;
  const { t } = useTranslation(['headoffice', 'staff']);
  const mayEdit = useMay('staff.edit');
  const change = useCommand('staff.edit');
  const latest = useAsk('staff.list', { store: null }, { isEnabled: false });
  const [member, setMember] = useState(props.member);
  const [name, setName] = useState(member.name);
  const [login, setLogin] = useState(member.login);
  const [chosen, setChosen] = useState<readonly RoleId[]>(member.roles);
  const [isAsking, setIsAsking] = useState(false);
  const changes = {
    ...(name.trim() === member.name ? {} : { name }),
    ...(login.trim() === member.login ? {} : { login }),
    ...(JSON.stringify(chosen) === JSON.stringify(member.roles) ? {} : { roles: [...chosen] }),
  };
  const isReady = Object.keys(changes).length > 0 && name.trim() !== '' && login.trim() !== '';
  const send = async (given: typeof changes | { readonly active: boolean }): Promise<void> => {
    setIsAsking(false);
    const result = await change.run({ staff: member.staff, against: member.version, changes: given });
    if (result.ok) onSaved(t('staff:form.saved', { name: result.value.name }));
  };
  const reload = async (): Promise<void> => {
    const { data } = await latest.refetch();
    const now = data?.staff.find(({ staff }) => staff === member.staff);
    if (now === undefined) return;
    change.clear();
    setMember(now);
    setName(now.name);
    setLogin(now.login);
    setChosen(now.roles);
  };
  return (
    <>
      <Dialog
        actions={
          mayEdit && (
            <>
              {member.active ? (
                <Button onPress={() => setIsAsking(true)} variant="danger">
                  {t('staff:form.deactivate')}
                </Button>
              ) : (
                <Button onPress={() => void send({ active: true })}>{t('staff:form.reactivate')}</Button>
              )}
              <Button
                isDisabled={!isReady}
                isPending={change.isPending}
                onPress={() => void send(changes)}
                variant="primary"
              >
                {t('staff:form.save')}
              </Button>
            </>
          )
        }
        isOpen
        onClose={onClose}
        title={member.name}
      >
        <FailureNotice failure={change.failure} onReload={() => void reload()} />
        <FormGrid>
          <NameAndLogin
            isLoginFixed={!mayEdit}
            isNameFixed={!mayEdit}
            login={login}
            name={name}
            onLogin={setLogin}
            onName={setName}
          />
          <RoleChoices chosen={chosen} isDisabled={!mayEdit} onChange={setChosen} roles={roles} />
        </FormGrid>
        {mayEdit && member.active && <CredentialForms staff={member.staff} />}
      </Dialog>
      <ConfirmDialog
        confirmLabel={t('staff:form.deactivate')}
        isDangerous
        isOpen={isAsking}
        onCancel={() => setIsAsking(false)}
        onConfirm={() => void send({ active: false })}
        title={t('staff:form.leaveTitle', { name: member.name })}
      >
        {t('staff:form.leaveBody')}
      </ConfirmDialog>
    </>
  );
}
