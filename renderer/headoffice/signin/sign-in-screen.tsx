import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Notice, Panel, TextField } from '../../ui/index.ts';
import { useAccess } from '../data/office-context.tsx';
import { useCommand } from '../data/use-command.ts';
import { useFailureText } from '../frame/failure-text.ts';
import { PlainPage } from '../frame/plain-page.tsx';
import s from './sign-in-screen.module.css';

/** Sign-in name and password. `hasEnded`: somebody was signed in here, and is no longer. */
export function SignInScreen({ hasEnded }: { readonly hasEnded: boolean }): ReactNode {
  const { t } = useTranslation('headoffice');
  const { queries } = useAccess();
  const failureText = useFailureText();
  const signIn = useCommand('session.sign_in');
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const isReady = login.trim() !== '' && password !== '';
  const submit = async (): Promise<void> => {
    if (!isReady || signIn.isPending) return;
    const result = await signIn.run({ login, password });
    setPassword('');
    // Whatever the one before was shown is not this one's.
    if (result.ok) queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' });
  };
  return (
    <PlainPage>
      <form
        className={s['form']}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Panel hasPadding>
          <div className={s['head']}>
            <h1 className={s['title']}>{t('signIn.title')}</h1>
            <p className={s['hint']}>{t('signIn.hint')}</p>
          </div>
          {signIn.failure !== undefined ? (
            <Notice severity="bad" title={t('signIn.failed')}>
              {failureText(signIn.failure)}
            </Notice>
          ) : (
            hasEnded && <Notice severity="info" title={t('signIn.ended')} />
          )}
          <TextField
            autoComplete="username"
            autoFocus
            isCode
            isRequired
            label={t('signIn.login')}
            maxLength={100}
            name="username"
            onChange={setLogin}
            value={login}
          />
          <TextField
            autoComplete="current-password"
            isCode
            isRequired
            label={t('signIn.password')}
            name="password"
            onChange={setPassword}
            type="password"
            value={password}
          />
          <Button isDisabled={!isReady} isPending={signIn.isPending} isWide type="submit" variant="primary">
            {t('signIn.go')}
          </Button>
        </Panel>
      </form>
    </PlainPage>
  );
}
