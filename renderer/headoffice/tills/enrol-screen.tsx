import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { StoreId } from '../../../shared/ids.ts';
import { Button, Notice, PageHeader, Panel, SegmentedControl, Select, TextField } from '../../ui/index.ts';
import { useSession } from '../data/office-context.tsx';
import { useCommand } from '../data/use-command.ts';
import { Columns, FormGrid } from '../frame/columns.tsx';
import { useFailureText } from '../frame/failure-text.ts';
import { CodesPanel } from './codes-panel.tsx';
import { type Made, MadeCode } from './made-code.tsx';
import s from './enrol-screen.module.css';

const kinds = ['empty', 'history'] as const;
const lifetimes = ['60', '480', '1440', '10080'] as const;
type Lifetime = (typeof lifetimes)[number];

/** A one-time code with which a till joins a store. It is shown once. */
export function EnrolScreen(): ReactNode {
  const { t } = useTranslation('headoffice');
  const [, go] = useLocation();
  const [made, setMade] = useState<Made | null>(null);
  const [kind, setKind] = useState<(typeof kinds)[number]>('empty');
  return (
    <>
      <PageHeader detail={t('enrol.hint')} onBack={() => go('/tills')} title={t('enrol.title')} />
      <Columns aside={<CodesPanel />}>
        {made === null ? (
          <Panel hasPadding>
            <SegmentedControl
              choices={kinds.map((id) => ({ id, label: t(`enrol.kinds.${id}`) }))}
              isLabelShown
              label={t('enrol.kindOf')}
              onChange={setKind}
              value={kind}
            />
            {kind === 'empty' ? <CodeForm onMade={setMade} /> : <HistoryForm onMade={setMade} />}
          </Panel>
        ) : (
          <Panel hasPadding>
            <MadeCode made={made}>
              <Button onPress={() => setMade(null)}>{t('enrol.another')}</Button>
            </MadeCode>
          </Panel>
        )}
      </Columns>
    </>
  );
}

function CodeForm({ onMade }: { readonly onMade: (made: Made) => void }): ReactNode {
  const { t } = useTranslation('headoffice');
  const { stores } = useSession();
  const failureText = useFailureText();
  const create = useCommand('enrolment.create');
  const [store, setStore] = useState<StoreId | null>(stores[0]?.store ?? null);
  const [code, setCode] = useState('');
  const [name, setName] = useState('');
  const [minutes, setMinutes] = useState<Lifetime>('60');
  const isCode = /^[A-Z0-9]{1,8}$/.test(code);
  const isReady = store !== null && isCode && name.trim() !== '';
  const isTaken = create.failure?.data['where'] === 'till_code';
  const submit = async (): Promise<void> => {
    if (!isReady || create.isPending) return;
    const result = await create.run({ store, till_code: code, till_name: name, valid_minutes: Number(minutes) });
    if (result.ok) onMade({ code: result.value.code, till_code: code, expires_at: result.value.expires_at });
  };
  return (
    <>
      {create.failure !== undefined && !isTaken && (
        <Notice severity="bad" title={t('enrol.failed')}>
          {failureText(create.failure)}
        </Notice>
      )}
      {stores.length === 0 && (
        <Notice severity="info" title={t('today.noStore')}>
          {t('today.noStoreHint')}
        </Notice>
      )}
      <FormGrid>
        <Select
          choices={stores.map((one) => ({ id: one.store, label: one.store_name }))}
          label={t('common.store')}
          onChange={setStore}
          value={store}
        />
        <LifetimeSelect onChange={setMinutes} value={minutes} />
        <TextField
          description={t('enrol.codeHint')}
          {...(isTaken ? { error: t('enrol.taken') } : {})}
          isCode
          isRequired
          label={t('enrol.tillCode')}
          maxLength={8}
          onChange={(text) => {
            create.clear();
            setCode(text.toUpperCase().replaceAll(/[^A-Z0-9]/g, ''));
          }}
          path="till_code"
          value={code}
        />
        <TextField
          description={t('enrol.nameHint')}
          isRequired
          label={t('tills.name')}
          maxLength={200}
          onChange={setName}
          onSubmit={() => void submit()}
          path="till_name"
          value={name}
        />
      </FormGrid>
      <div className={s['actions']}>
        <Button isDisabled={!isReady} isPending={create.isPending} onPress={() => void submit()} variant="primary">
          {t('enrol.make')}
        </Button>
      </div>
    </>
  );
}

/** For a shop that already sells: it brings its own store and till, so there is nothing to ask but for how long. */
function HistoryForm({ onMade }: { readonly onMade: (made: Made) => void }): ReactNode {
  const { t } = useTranslation('headoffice');
  const failureText = useFailureText();
  const create = useCommand('enrolment.create_history');
  const [minutes, setMinutes] = useState<Lifetime>('60');
  const submit = async (): Promise<void> => {
    if (create.isPending) return;
    const result = await create.run({ valid_minutes: Number(minutes) });
    if (result.ok) onMade({ code: result.value.code, till_code: null, expires_at: result.value.expires_at });
  };
  return (
    <>
      {create.failure !== undefined && (
        <Notice severity="bad" title={t('enrol.failed')}>
          {failureText(create.failure)}
        </Notice>
      )}
      <Notice severity="info" title={t('enrol.historyTitle')}>
        {t('enrol.historyBody')}
      </Notice>
      <FormGrid>
        <LifetimeSelect onChange={setMinutes} value={minutes} />
      </FormGrid>
      <div className={s['actions']}>
        <Button isPending={create.isPending} onPress={() => void submit()} variant="primary">
          {t('enrol.make')}
        </Button>
      </div>
    </>
  );
}

function LifetimeSelect(props: { readonly value: Lifetime; readonly onChange: (value: Lifetime) => void }): ReactNode {
  const { t } = useTranslation('headoffice');
  return (
    <Select
      choices={lifetimes.map((id) => ({ id, label: t(`enrol.valid.${id}`) }))}
      label={t('enrol.validFor')}
      onChange={props.onChange}
      value={props.value}
    />
  );
}
