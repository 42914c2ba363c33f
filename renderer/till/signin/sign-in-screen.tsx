import { KeyRound } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import {
  Button,
  EmptyState,
  ErrorState,
  LoadingState,
  Notice,
  Panel,
  PinPad,
  TextField,
  useFormat,
} from '../../ui/index.ts';
import type { StaffId } from '../../../shared/ids.ts';
import type { Failure } from '../../../shared/contract/errors.ts';
import type { Given, SetupStatus } from '../data/operations.ts';
import { useAccess } from '../data/till-context.tsx';
import { useAsk } from '../data/use-ask.ts';
import { useCommand } from '../data/use-command.ts';
import { useErrorText, useFailureText } from '../frame/failure-text.ts';
import { PlainPage } from '../frame/plain-page.tsx';
import type { LineState } from '../host.ts';
import { People } from './people.tsx';
import s from './sign-in-screen.module.css';

/** Names, then a PIN; or a sign-in name and a password. */
export function SignInScreen(props: {
  readonly line: LineState;
  readonly status: SetupStatus;
  readonly demo: readonly { readonly name: string; readonly pin: string }[];
}): ReactNode {
  const { demo, line, status } = props;
  const { t } = useTranslation(['signin', 'sell']);
  const errorText = useErrorText();
  const choices = useAsk('session.choices', {});
  const [byPassword, setByPassword] = useState(false);
  const people = (choices.data?.people ?? []).filter(({ has_pin }) => has_pin);
  const usesPassword = byPassword || (choices.data !== undefined && people.length === 0);
  return (
    <PlainPage hint={usesPassword ? undefined : t('hint')} title={usesPassword ? t('byPassword') : t('title')}>
      {line !== 'open' && (
        <Notice severity="bad" title={line === 'refused' ? t('sell:lineState.refused') : t('sell:lineState.lost')}>
          {line === 'refused' ? t('sell:lineState.refusedHint') : t('sell:lineState.lostHint')}
        </Notice>
      )}
      <p className={s['place']}>
        <bdi>{status.settings?.name}</bdi> · <bdi>{status.till_name}</bdi>
      </p>
      {demo.length > 0 && (
        <Notice severity="info" title={t('demo')}>
          {demo.map(({ name, pin }) => t('demoPin', { name, pin })).join(' · ')}
        </Notice>
      )}
      {choices.error !== null ? (
        <ErrorState onRetry={() => void choices.refetch()} title={t('failed')}>
          {errorText(choices.error)}
        </ErrorState>
      ) : choices.data === undefined ? (
        <LoadingState>{t('loading')}</LoadingState>
      ) : usesPassword ? (
        <>
          {people.length === 0 && <EmptyState title={t('none')}>{t('noneHint')}</EmptyState>}
          <PasswordForm />
          {people.length > 0 && (
            <Button onPress={() => setByPassword(false)} variant="quiet">
              {t('byPin')}
            </Button>
          )}
        </>
      ) : (
        <PinForm onUsePassword={() => setByPassword(true)} people={people} />
      )}
    </PlainPage>
  );
}

/** Signs in, and answers what went wrong. */
function useSignIn(): {
  readonly signIn: (input: Given<'session.sign_in'>) => Promise<Failure | undefined>;
  readonly isPending: boolean;
  readonly failure: Failure | undefined;
  readonly clear: () => void;
} {
  const { queries, session } = useAccess();
  const command = useCommand('session.sign_in');
  const [, goTo] = useLocation();
  return {
    signIn: async (input) => {
      const result = await command.run(input);
      if (!result.ok) return result.error;
      // What the one before was told is not this one's.
      queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'setup' });
      const { begin, last } = session.getState();
      // Who unlocks goes on where they were; somebody else begins with selling, not at a form of the one before.
      if (last !== null && last !== result.value.staff) goTo('/');
      begin(result.value.token, result.value.staff);
      return undefined;
    },
    isPending: command.isPending,
    failure: command.failure,
    clear: command.clear,
  };
}

function PinForm(props: {
  readonly people: readonly { readonly staff: StaffId; readonly name: string }[];
  readonly onUsePassword: () => void;
}): ReactNode {
  const { onUsePassword, people } = props;
  const { t } = useTranslation('signin');
  const text = useSignInText();
  const { clear, failure, isPending, signIn } = useSignIn();
  const [chosen, setChosen] = useState<StaffId | null>(people.length === 1 ? (people[0]?.staff ?? null) : null);
  const [pin, setPin] = useState('');
  const person = people.find(({ staff }) => staff === chosen);
  const submit = async (): Promise<void> => {
    if (person === undefined || pin === '' || isPending) return;
    const failed = await signIn({ who: { staff: person.staff }, credential: { kind: 'pin', secret: pin } });
    if (failed !== undefined) setPin('');
  };
  return (
    <div className={s['pin']}>
      <People
        chosen={chosen}
        onChoose={(staff) => {
          setChosen(staff);
          setPin('');
          clear();
        }}
        people={people}
      />
      <div className={s['pad']}>
        {person === undefined ? (
          <Panel hasPadding isFilling>
            <EmptyState icon={KeyRound} title={t('hint')} />
          </Panel>
        ) : (
          <Panel hasPadding>
            <PinPad
              autoFocus
              digits={4}
              error={text(failure)}
              key={person.staff}
              label={t('pinOf', { name: person.name.split(' ')[0] ?? person.name })}
              onChange={(typed) => {
                setPin(typed);
                if (typed !== '') clear();
              }}
              onSubmit={() => void submit()}
              onUsePassword={onUsePassword}
              value={pin}
            />
            <Button
              isDisabled={pin === ''}
              isPending={isPending}
              isWide
              onPress={() => void submit()}
              shortcut="confirm"
              size="function"
              variant="primary"
            >
              {t('signIn')}
            </Button>
          </Panel>
        )}
      </div>
    </div>
  );
}

function PasswordForm(): ReactNode {
  const { t } = useTranslation('signin');
  const text = useSignInText();
  const { failure, isPending, signIn } = useSignIn();
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const submit = async (): Promise<void> => {
    if (login.trim() === '' || password === '' || isPending) return;
    const failed = await signIn({ who: { login: login.trim() }, credential: { kind: 'password', secret: password } });
    if (failed !== undefined) setPassword('');
  };
  return (
    <div className={s['password']}>
      <Panel hasPadding>
        <TextField
          autoComplete="username"
          autoFocus
          isCode
          label={t('login')}
          maxLength={200}
          onChange={setLogin}
          onSubmit={() => void submit()}
          value={login}
        />
        <TextField
          autoComplete="current-password"
          error={text(failure)}
          isCode
          label={t('password')}
          maxLength={1024}
          onChange={setPassword}
          onSubmit={() => void submit()}
          type="password"
          value={password}
        />
        <Button
          isDisabled={login.trim() === '' || password === ''}
          isPending={isPending}
          isWide
          onPress={() => void submit()}
          shortcut="confirm"
          size="function"
          variant="primary"
        >
          {t('signIn')}
        </Button>
      </Panel>
    </div>
  );
}

/** What went wrong with a sign-in, with the time when it may be tried again. */
function useSignInText(): (failure: Failure | undefined) => string | undefined {
  const { t } = useTranslation('signin');
  const format = useFormat();
  const failureText = useFailureText();
  return (failure) => {
    if (failure === undefined) return undefined;
    if (failure.code === 'session.credential_wrong') return t('wrong');
    const until = failure.data['until'];
    if (failure.code === 'session.locked_out' && typeof until === 'string')
      return t('lockedUntil', { time: format.time(until) });
    return failureText(failure);
  };
}
