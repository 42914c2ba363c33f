import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Panel, TextField } from '../../ui/index.ts';
import type { Answer } from '../data/operations.ts';
import { useCommand } from '../data/use-command.ts';
import { useFailureText } from '../frame/failure-text.ts';
import p from '../frame/page.module.css';
import { PlainPage } from '../frame/plain-page.tsx';
import s from './setup-screen.module.css';

/** Joins a head office with the code that it gave. */
export function JoinForm(props: {
  readonly onBack: () => void;
  readonly onDone: (joined: Answer<'setup.join'>) => void;
}): ReactNode {
  const { onBack, onDone } = props;
  const { t } = useTranslation(['setup', 'common']);
  const failureText = useFailureText();
  const join = useCommand('setup.join');
  const [code, setCode] = useState('');
  const submit = async (): Promise<void> => {
    if (code.trim() === '' || join.isPending) return;
    const result = await join.run({ code: code.trim() });
    if (result.ok) onDone(result.value);
  };
  return (
    <PlainPage hint={t('join.body')} title={t('join.formTitle')}>
      <div className={s['narrow']}>
        <Panel hasPadding>
          <TextField
            autoFocus
            error={failureText(join.failure)}
            isCode
            label={t('join.code')}
            maxLength={2000}
            onChange={(typed) => {
              setCode(typed);
              join.clear();
            }}
            onSubmit={() => void submit()}
            path="code"
            value={code}
          />
          <div className={p['actions']}>
            <Button onPress={onBack} shortcut="cancel" shortcutInFields>
              {t('common:actions.back')}
            </Button>
            <Button
              isDisabled={code.trim() === ''}
              isPending={join.isPending}
              onPress={() => void submit()}
              variant="primary"
            >
              {t('join.join')}
            </Button>
          </div>
        </Panel>
      </div>
    </PlainPage>
  );
}
