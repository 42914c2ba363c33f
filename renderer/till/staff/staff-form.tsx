import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { Button, Checkbox, ConfirmDialog, Notice, PageHeader, Panel, TextField } from '../../ui/index.ts';
import type { ErrorCode } from '../../../shared/contract/errors.ts';
import type { Given, Role, StaffMember } from '../data/operations.ts';
import { useCommand } from '../data/use-command.ts';
import { useFailureText } from '../frame/failure-text.ts';
import { useAtTheTill } from '../frame/session-context.tsx';
import s from '../frame/page.module.css';
import { CredentialPanel } from './credential-panel.tsx';
import { useRoleName } from './role-name.ts';

export interface StaffFormProps {
  /** Null for a new one. */
  readonly member: StaffMember | null;
  readonly roles: readonly Role[];
  readonly isReadOnly: boolean;
  readonly onBack: () => void;
}

/** Who somebody is, what they may do, and how they sign in. */
export function StaffForm({ isReadOnly, member, onBack, roles }: StaffFormProps): ReactNode {
  const { t } = useTranslation(['staff', 'common']);
  const failureText = useFailureText();
  const roleName = useRoleName();
  const { can } = useAtTheTill();
  const [, goTo] = useLocation();
  const create = useCommand('staff.create');
  const edit = useCommand('staff.edit');
  const [base, setBase] = useState(member);
  const [name, setName] = useState(member?.name ?? '');
  const [login, setLogin] = useState(member?.login ?? '');
  const [held, setHeld] = useState<StaffMember['roles']>(member?.roles ?? []);
  const [pin, setPin] = useState('');
  const [password, setPassword] = useState('');
  const [isTried, setIsTried] = useState(false);
  const [isLeaving, setIsLeaving] = useState(false);
  const [saved, setSaved] = useState<string | null>(null);
  const mayEdit = !isReadOnly && can('staff.edit');
  const failure = create.failure ?? edit.failure;
  const fault = (...codes: readonly ErrorCode[]): string | undefined =>
    failure !== undefined && codes.includes(failure.code) ? failureText(failure) : undefined;
  const missing = (text: string, words: string): string | undefined =>
    isTried && text.trim() === '' ? words : undefined;
  const touch = (): void => {
    create.clear();
    edit.clear();
    setSaved(null);
  };
  const save = async (): Promise<void> => {
    setIsTried(true);
    if (name.trim() === '' || login.trim() === '' || create.isPending || edit.isPending) return;
    if (base === null) {
      const result = await create.run({
        name,
        login,
        roles: held,
        pin: pin === '' ? null : pin,
        password: password === '' ? null : password,
      });
      if (result.ok) goTo(`/staff/${result.value.staff}`);
      return;
    }
    await change({
      ...(name === base.name ? {} : { name }),
      ...(login === base.login ? {} : { login }),
      ...(isSame(held, base.roles) ? {} : { roles: held }),
    });
  };
  const change = async (changes: Given<'staff.edit'>['changes']): Promise<void> => {
    if (base === null) return;
    const result = await edit.run({ staff: base.staff, against: base.version, changes });
    if (!result.ok) return;
    setBase(result.value);
    setSaved(result.value.name);
  };
  return (
    <div className={s['page']}>
      <PageHeader
        onBack={onBack}
        title={base === null ? t('form.new') : mayEdit ? t('form.edit', { name: base.name }) : base.name}
      />
      {isReadOnly && (
        <Notice severity="info" title={t('readOnly')}>
          {t('readOnlyHint')}
        </Notice>
      )}
      {saved !== null && <Notice severity="ok" title={t('form.saved', { name: saved })} />}
      {failure !== undefined && <Notice severity="bad" title={failureText(failure)} />}
      <div className={s['scroll']}>
        <div className={s['columns']}>
          <Panel hasPadding>
            <TextField
              autoFocus={base === null}
              error={missing(name, t('form.nameMissing'))}
              isReadOnly={!mayEdit}
              isRequired
              label={t('form.name')}
              maxLength={200}
              onChange={(text) => {
                touch();
                setName(text);
              }}
              onSubmit={() => void save()}
              path="name"
              value={name}
            />
            <TextField
              error={missing(login, t('form.loginMissing')) ?? fault('staff.login_taken')}
              isCode
              isReadOnly={!mayEdit}
              isRequired
              label={t('form.login')}
              maxLength={100}
              onChange={(text) => {
                touch();
                setLogin(text);
              }}
              onSubmit={() => void save()}
              path="login"
              value={login}
            />
            <div className={s['group']}>
              <p className={s['label']}>{t('form.roles')}</p>
              {roles.map((role) => (
                <Checkbox
                  isDisabled={!mayEdit}
                  isSelected={held.includes(role.role)}
                  key={role.role}
                  onChange={(isOn) => {
                    touch();
                    setHeld(isOn ? [...held, role.role] : held.filter((one) => one !== role.role));
                  }}
                >
                  {roleName(role)}
                </Checkbox>
              ))}
            </div>
          </Panel>
          {base === null ? (
            <Panel hasPadding>
              <TextField
                autoComplete="off"
                description={t('form.pinHint')}
                error={fault('pin.malformed')}
                inputMode="numeric"
                isCode
                label={t('form.pin')}
                maxLength={8}
                onChange={(text) => {
                  touch();
                  setPin(text.replace(/\D/gu, ''));
                }}
                type="password"
                value={pin}
              />
              <TextField
                autoComplete="new-password"
                description={t('form.passwordHint')}
                error={fault('password.too_short', 'password.too_long')}
                isCode
                label={t('form.password')}
                maxLength={1024}
                onChange={(text) => {
                  touch();
                  setPassword(text);
                }}
                type="password"
                value={password}
              />
            </Panel>
          ) : (
            mayEdit && <CredentialPanel staff={base.staff} />
          )}
        </div>
      </div>
      {mayEdit && (
        <footer className={s['actions']}>
          {base !== null && (
            <span className={s['apart']}>
              <Button
                isPending={edit.isPending}
                onPress={() => (base.active ? setIsLeaving(true) : void change({ active: true }))}
                size="function"
                variant={base.active ? 'danger' : 'plain'}
              >
                {base.active ? t('form.deactivate') : t('form.reactivate')}
              </Button>
            </span>
          )}
          <Button onPress={onBack} shortcut="cancel" shortcutInFields size="function">
            {t('common:actions.back')}
          </Button>
          <Button
            isPending={create.isPending || edit.isPending}
            onPress={() => void save()}
            shortcut="save"
            size="function"
            variant="primary"
          >
            {base === null ? t('form.create') : t('form.save')}
          </Button>
        </footer>
      )}
      <ConfirmDialog
        confirmLabel={t('form.deactivate')}
        isDangerous
        isOpen={isLeaving}
        onCancel={() => setIsLeaving(false)}
        onConfirm={() => {
          setIsLeaving(false);
          void change({ active: false });
        }}
        title={t('form.leaveTitle', { name: base?.name ?? '' })}
      >
        {t('form.leaveBody')}
      </ConfirmDialog>
    </div>
  );
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((one) => others.includes(one));
}
