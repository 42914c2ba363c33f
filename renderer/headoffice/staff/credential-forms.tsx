import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { StaffId } from '../../../shared/ids.ts';
import { Button, Notice, TextField } from '../../ui/index.ts';
import { useCommand } from '../data/use-command.ts';
import { FormGrid } from '../frame/columns.tsx';
import { FailureNotice } from '../frame/failure-notice.tsx';
import s from './credential-forms.module.css';

/** A new PIN or a new password for somebody. The tills learn of it by the feed. */
export function CredentialForms({ staff }: { readonly staff: StaffId }): ReactNode {
  const { t } = useTranslation(['headoffice', 'staff']);
  const setPin = useCommand('staff.set_pin');
  const setPassword = useCommand('staff.set_password');
  const [pin, writePin] = useState('');
  const [password, writePassword] = useState('');
  const [done, setDone] = useState<string | null>(null);
  const failure = setPin.failure ?? setPassword.failure;
  const savePin = async (): Promise<void> => {
    setDone(null);
    setPassword.clear();
    const result = await setPin.run({ staff, pin });
    if (!result.ok) return;
    writePin('');
    setDone(t('staff:form.pinSet'));
  };
  const savePassword = async (): Promise<void> => {
    setDone(null);
    setPin.clear();
    const result = await setPassword.run({ staff, password });
    if (!result.ok) return;
    writePassword('');
    setDone(t('staff:form.passwordSet'));
  };
  return (
    <div className={s['forms']}>
      <FailureNotice failure={failure} />
      {done !== null && <Notice severity="ok" title={done} />}
      <FormGrid>
        <div className={s['row']}>
          <TextField
            autoComplete="off"
            inputMode="numeric"
            isCode
            label={t('staff:form.newPin')}
            maxLength={8}
            onChange={(text) => writePin(text.replaceAll(/\D/g, ''))}
            type="password"
            value={pin}
          />
          <Button isDisabled={pin.length < 4} isPending={setPin.isPending} onPress={() => void savePin()}>
            {t('staff:form.setPin')}
          </Button>
        </div>
        <div className={s['row']}>
          <TextField
            autoComplete="new-password"
            isCode
            label={t('staff:form.newPassword')}
            onChange={writePassword}
            type="password"
            value={password}
          />
          <Button isDisabled={password === ''} isPending={setPassword.isPending} onPress={() => void savePassword()}>
            {t('staff:form.setPassword')}
          </Button>
        </div>
      </FormGrid>
    </div>
  );
}
