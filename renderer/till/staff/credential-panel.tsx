import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { StaffId } from '../../../shared/ids.ts';
import { Button, Notice, Panel, TextField } from '../../ui/index.ts';
import { useCommand } from '../data/use-command.ts';
import { useFailureText } from '../frame/failure-text.ts';

/** A new PIN or a new password for somebody. What was is never shown, and no one can read it. */
export function CredentialPanel({ staff }: { readonly staff: StaffId }): ReactNode {
  const { t } = useTranslation('staff');
  const failureText = useFailureText();
  const setPinCommand = useCommand('staff.set_pin');
  const setPasswordCommand = useCommand('staff.set_password');
  const [pin, setPin] = useState('');
  const [password, setPassword] = useState('');
  const [done, setDone] = useState<'pin' | 'password' | null>(null);
  const savePin = async (): Promise<void> => {
    if (pin === '' || setPinCommand.isPending) return;
    const result = await setPinCommand.run({ staff, pin });
    if (!result.ok) return;
    setPin('');
    setDone('pin');
  };
  const savePassword = async (): Promise<void> => {
    if (password === '' || setPasswordCommand.isPending) return;
    const result = await setPasswordCommand.run({ staff, password });
    if (!result.ok) return;
    setPassword('');
    setDone('password');
  };
  return (
    <Panel hasPadding>
      {done !== null && <Notice severity="ok" title={done === 'pin' ? t('form.pinSet') : t('form.passwordSet')} />}
      <TextField
        autoComplete="off"
        description={t('form.pinRule')}
        error={failureText(setPinCommand.failure)}
        inputMode="numeric"
        isCode
        label={t('form.newPin')}
        maxLength={8}
        onChange={(text) => {
          setPinCommand.clear();
          setPin(text.replace(/\D/gu, ''));
        }}
        onSubmit={() => void savePin()}
        type="password"
        value={pin}
      />
      <Button isDisabled={pin === ''} isPending={setPinCommand.isPending} onPress={() => void savePin()}>
        {t('form.setPin')}
      </Button>
      <TextField
        autoComplete="new-password"
        description={t('form.passwordRule')}
        error={failureText(setPasswordCommand.failure)}
        isCode
        label={t('form.newPassword')}
        maxLength={1024}
        onChange={(text) => {
          setPasswordCommand.clear();
          setPassword(text);
        }}
        onSubmit={() => void savePassword()}
        type="password"
        value={password}
      />
      <Button isDisabled={password === ''} isPending={setPasswordCommand.isPending} onPress={() => void savePassword()}>
        {t('form.setPassword')}
      </Button>
    </Panel>
  );
}
