import { Lock } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, IconButton } from '../../ui/index.ts';
import { useAccess } from '../data/office-context.tsx';
import { useCommand } from '../data/use-command.ts';
import s from './sign-out.module.css';

function useSignOut(): () => void {
  const { queries } = useAccess();
  const signOut = useCommand('session.sign_out');
  const leave = async (): Promise<void> => {
    await signOut.run({});
    // What this one was shown is nobody else's.
    queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' });
    await queries.resetQueries({ queryKey: ['session'] });
  };
  return () => void leave();
}

/** Beside one's name; where there is no room for it, the account's page has the words. */
export function SignOutSign(): ReactNode {
  const { t } = useTranslation('headoffice');
  const leave = useSignOut();
  return (
    <span className={s['sign']}>
      <IconButton icon={Lock} label={t('nav.signOut')} onPress={leave} size="small" variant="quiet" />
    </span>
  );
}

export function SignOutButton(): ReactNode {
  const { t } = useTranslation('headoffice');
  const leave = useSignOut();
  return (
    <Button icon={Lock} onPress={leave}>
      {t('nav.signOut')}
    </Button>
  );
}
