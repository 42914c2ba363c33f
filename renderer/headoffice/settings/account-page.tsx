import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import {
  Button,
  changeAppearance,
  Notice,
  Panel,
  rememberedAppearance,
  SegmentedControl,
  Switch,
  TextField,
  themes,
} from '../../ui/index.ts';
import { useSession } from '../data/office-context.tsx';
import { useCommand } from '../data/use-command.ts';
import { FormGrid } from '../frame/columns.tsx';
import { FailureNotice } from '../frame/failure-notice.tsx';
import { LanguageChoice } from '../frame/language-choice.tsx';
import { SignOutButton } from '../frame/sign-out.tsx';
import { TabPage } from '../frame/tab-page.tsx';
import s from './account-page.module.css';

/** One's own password, and how the screens look in this browser. */
export function AccountPage(): ReactNode {
  const { t } = useTranslation('headoffice');
  const { login, name } = useSession();
  return (
    <TabPage>
      <Panel actions={<SignOutButton />} detail={<bdi>{login}</bdi>} hasPadding title={name}>
        <PasswordForm />
      </Panel>
      <Panel hasPadding title={t('settings.screens')}>
        <AppearanceForm />
      </Panel>
    </TabPage>
  );
}

function PasswordForm(): ReactNode {
  const { t } = useTranslation('headoffice');
  const change = useCommand('session.change_password');
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const [isDone, setIsDone] = useState(false);
  const isReady = current !== '' && password !== '';
  const save = async (): Promise<void> => {
    if (!isReady || change.isPending) return;
    const result = await change.run({ current, password });
    setIsDone(result.ok);
    setCurrent('');
    if (result.ok) setPassword('');
  };
  return (
    <>
      <FailureNotice failure={change.failure} />
      {isDone && <Notice severity="ok" title={t('settings.passwordChanged')} />}
      <FormGrid>
        <TextField
          autoComplete="current-password"
          isCode
          label={t('settings.currentPassword')}
          onChange={setCurrent}
          type="password"
          value={current}
        />
        <TextField
          autoComplete="new-password"
          description={t('settings.passwordHint')}
          isCode
          label={t('settings.newPassword')}
          onChange={setPassword}
          onSubmit={() => void save()}
          type="password"
          value={password}
        />
      </FormGrid>
      <div className={s['actions']}>
        <Button isDisabled={!isReady} isPending={change.isPending} onPress={() => void save()} variant="primary">
          {t('settings.changePassword')}
        </Button>
      </div>
    </>
  );
}

function AppearanceForm(): ReactNode {
  const { t } = useTranslation('common');
  const [look, setLook] = useState(() => rememberedAppearance(localStorage));
  const put = (changes: Partial<typeof look>): void => {
    const next = { ...look, ...changes };
    setLook(next);
    changeAppearance(next);
  };
  return (
    <div className={s['look']}>
      <LanguageChoice />
      <SegmentedControl
        choices={themes.map((id) => ({ id, label: t(`theme.${id}`) }))}
        label={t('theme.label')}
        onChange={(theme) => put({ theme })}
        value={look.theme}
      />
      <Switch isSelected={look.hasHighContrast} onChange={(hasHighContrast) => put({ hasHighContrast })}>
        {t('theme.contrast')}
      </Switch>
    </div>
  );
}
