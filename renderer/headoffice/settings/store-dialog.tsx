import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { currencyCodes } from '../../../shared/money/currency.ts';
import { Button, Dialog, Select, Switch, TextField } from '../../ui/index.ts';
import type { Store } from '../data/operations.ts';
import { useAsk } from '../data/use-ask.ts';
import { useCommand } from '../data/use-command.ts';
import { FormGrid, WholeRow } from '../frame/columns.tsx';
import { FailureNotice } from '../frame/failure-notice.tsx';

type Settings = Store['settings'];

export interface StoreDialogProps {
  /** Null for a new one. */
  readonly store: Store | null;
  readonly onClose: () => void;
  readonly onSaved: (words: string) => void;
}

/** What a new store starts with: what this browser's own place suggests. */
function newSettings(language: string): Settings {
  return {
    name: '',
    address: [],
    tax_number: null,
    currency: 'EUR',
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    locale: navigator.languages.find((tag) => tag.includes('-')) ?? language,
    prices_include_tax: true,
    tax_rounding: 'line',
    cash_rounding: null,
    receipt_footer: '',
  };
}

const steps = ['none', '5', '10', '50', '100'] as const;
const zones = Intl.supportedValuesOf('timeZone');

/** A store's settings: a new store, or one to be changed. */
export function StoreDialog({ onClose, onSaved, ...props }: StoreDialogProps): ReactNode {
  const { i18n, t } = useTranslation(['headoffice', 'common']);
  const create = useCommand('store.create');
  const change = useCommand('store.edit');
  const latest = useAsk('store.list', {}, { isEnabled: false });
  const [store, setStore] = useState(props.store);
  const [settings, setSettings] = useState<Settings>(() => store?.settings ?? newSettings(i18n.language));
  const put = (fields: Partial<Settings>): void => setSettings((held) => ({ ...held, ...fields }));
  const failure = create.failure ?? change.failure;
  const isReady =
    settings.name.trim() !== '' &&
    settings.locale.length >= 2 &&
    (store === null || JSON.stringify(settings) !== JSON.stringify(store.settings));
  const save = async (): Promise<void> => {
    const result =
      store === null
        ? await create.run({ settings })
        : await change.run({ store: store.store, against: store.settings, settings });
    if (result.ok) onSaved(t('settings.saved', { store: result.value.settings.name }));
  };
  const reload = async (): Promise<void> => {
    const { data } = await latest.refetch();
    const now = data?.stores.find((one) => one.store === store?.store);
    if (now === undefined) return;
    change.clear();
    setStore(now);
    setSettings(now.settings);
  };
  return (
    <Dialog
      actions={
        <Button
          isDisabled={!isReady}
          isPending={create.isPending || change.isPending}
          onPress={() => void save()}
          variant="primary"
        >
          {t('common:actions.save')}
        </Button>
      }
      isOpen
      onClose={onClose}
      size="large"
      title={store === null ? t('settings.newStore') : store.settings.name}
    >
      <FailureNotice failure={failure} onReload={() => void reload()} />
      <StoreFields isNew={store === null} put={put} settings={settings} />
    </Dialog>
  );
}

function StoreFields(props: {
  readonly settings: Settings;
  readonly put: (fields: Partial<Settings>) => void;
  readonly isNew: boolean;
}): ReactNode {
  const { isNew, put, settings } = props;
  const { t } = useTranslation('headoffice');
  const step = settings.cash_rounding?.step_minor;
  const lines = (text: string): string[] =>
    text
      .split('\n')
      .slice(0, 6)
      .map((line) => line.slice(0, 100));
  return (
    <FormGrid>
      <TextField
        autoFocus
        isRequired
        label={t('settings.name')}
        maxLength={200}
        onChange={(name) => put({ name })}
        path="settings.name"
        value={settings.name}
      />
      <TextField
        isCode
        label={t('settings.taxNumber')}
        maxLength={40}
        onChange={(text) => put({ tax_number: text === '' ? null : text })}
        path="settings.tax_number"
        value={settings.tax_number ?? ''}
      />
      <TextField
        description={t('settings.addressHint')}
        label={t('settings.address')}
        onChange={(text) => put({ address: text === '' ? [] : lines(text) })}
        rows={3}
        path="settings.address"
        value={settings.address.join('\n')}
      />
      <TextField
        label={t('settings.footer')}
        maxLength={500}
        onChange={(receipt_footer) => put({ receipt_footer })}
        rows={3}
        path="settings.receipt_footer"
        value={settings.receipt_footer}
      />
      <Select
        choices={currencyCodes.map((id) => ({ id, label: id }))}
        description={isNew ? t('settings.currencyHint') : t('settings.currencyStays')}
        isDisabled={!isNew}
        label={t('common.currency')}
        onChange={(currency) => put({ currency })}
        value={currencyCodes.find((code) => code === settings.currency) ?? null}
      />
      <Select
        choices={[...new Set([settings.zone, ...zones])].map((id) => ({ id, label: id }))}
        label={t('settings.zone')}
        onChange={(zone) => put({ zone })}
        value={settings.zone}
      />
      <TextField
        description={t('settings.localeHint')}
        isCode
        isRequired
        label={t('settings.locale')}
        maxLength={35}
        onChange={(locale) => put({ locale })}
        path="settings.locale"
        value={settings.locale}
      />
      <Select
        choices={[
          { id: 'line', label: t('settings.byLine') },
          { id: 'document', label: t('settings.byDocument') },
        ]}
        label={t('settings.taxRounding')}
        onChange={(tax_rounding) => put({ tax_rounding })}
        value={settings.tax_rounding}
      />
      <Select<(typeof steps)[number]>
        choices={steps.map((id) => ({
          id,
          label: id === 'none' ? t('settings.noRounding') : t('settings.roundTo', { count: Number(id) }),
        }))}
        label={t('settings.cashRounding')}
        onChange={(id) => put({ cash_rounding: id === 'none' ? null : { step_minor: Number(id), mode: 'half_up' } })}
        value={steps.find((id) => id === String(step)) ?? 'none'}
      />
      <WholeRow>
        <Switch isSelected={settings.prices_include_tax} onChange={(prices_include_tax) => put({ prices_include_tax })}>
          {t('settings.includeTax')}
        </Switch>
      </WholeRow>
    </FormGrid>
  );
}
