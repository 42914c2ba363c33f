import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { TextField } from '../../ui/index.ts';

export interface NameAndLoginProps {
  readonly name: string;
  readonly onName: (name: string) => void;
  readonly login: string;
  readonly onLogin: (login: string) => void;
  readonly autoFocus?: boolean;
  readonly isNameFixed?: boolean;
  readonly isLoginFixed?: boolean;
}

/** Who somebody is, and what they sign in as. */
export function NameAndLogin(props: NameAndLoginProps): ReactNode {
  const { t } = useTranslation('staff');
  return (
    <>
      <TextField
        autoFocus={props.autoFocus ?? false}
        isReadOnly={props.isNameFixed ?? false}
        isRequired
        label={t('form.name')}
        maxLength={200}
        onChange={props.onName}
        path="name"
        value={props.name}
      />
      <TextField
        isCode
        isReadOnly={props.isLoginFixed ?? false}
        isRequired
        label={t('form.login')}
        maxLength={100}
        onChange={props.onLogin}
        path="login"
        value={props.login}
      />
    </>
  );
}
