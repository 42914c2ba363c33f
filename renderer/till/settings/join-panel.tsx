import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { Button, Dialog, Notice, Panel, TextField } from '../../ui/index.ts';
import { useCommand } from '../data/use-command.ts';
import { CancelButton } from '../frame/cancel-button.tsx';
import { useFailureText } from '../frame/failure-text.ts';
import s from '../frame/page.module.css';

/** Where a shop that is its own joins a head office, with all that it has. It says first what changes. */
export function JoinPanel(): ReactNode {
  const { t } = useTranslation('setup');
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Panel hasPadding title={t('joinShop.title')}>
      <p>{t('joinShop.body')}</p>
      <div className={s['actions']}>
        <Button onPress={() => setIsOpen(true)}>{t('joinShop.begin')}</Button>
      </div>
      <Dialog isOpen={isOpen} onClose={() => setIsOpen(false)} size="small" title={t('joinShop.title')}>
        {isOpen && <JoinShopForm onClose={() => setIsOpen(false)} />}
      </Dialog>
    </Panel>
  );
}

function JoinShopForm({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation('setup');
  const failureText = useFailureText();
  const [, goTo] = useLocation();
  const join = useCommand('setup.join_with_history');
  const [code, setCode] = useState('');
  const [tillCode, setTillCode] = useState('');
  // Asked for only where the head office has a till of this code: printed numbers stay, the next ones begin anew.
  const [asksTillCode, setAsksTillCode] = useState(false);
  const isReady = code.trim() !== '' && (!asksTillCode || tillCode !== '');
  const submit = async (): Promise<void> => {
    if (!isReady || join.isPending) return;
    const result = await join.run({ code: code.trim(), till_code: asksTillCode ? tillCode : null });
    if (result.ok) {
      onClose();
      goTo('/sync');
    } else if (result.error.code === 'enrolment.till_code_taken') setAsksTillCode(true);
  };
  return (
    <div className={s['form']}>
      <Notice severity="info" title={t('joinShop.changes')}>
        {t('joinShop.changesBody')}
      </Notice>
      <Notice severity="ok" title={t('joinShop.stays')}>
        {t('joinShop.staysBody')}
      </Notice>
      <TextField
        autoFocus
        error={asksTillCode ? undefined : failureText(join.failure)}
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
      {asksTillCode && (
        <TextField
          description={t('joinShop.tillCodeHint')}
          error={failureText(join.failure)}
          isCode
          label={t('shop.tillCode')}
          maxLength={8}
          onChange={(typed) => {
            setTillCode(typed.toUpperCase().replaceAll(/[^A-Z0-9]/g, ''));
            join.clear();
          }}
          onSubmit={() => void submit()}
          path="till_code"
          value={tillCode}
        />
      )}
      <div className={s['actions']}>
        <CancelButton onPress={onClose} />
        <Button
          isDisabled={!isReady}
          isPending={join.isPending}
          onPress={() => void submit()}
          shortcut="save"
          variant="primary"
        >
          {t('joinShop.join')}
        </Button>
      </div>
    </div>
  );
}
