import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Notice, Panel, TextField } from '../../ui/index.ts';
import type { Failure } from '../../../shared/contract/errors.ts';
import type { StoreSettings } from '../data/operations.ts';
import { useCommand } from '../data/use-command.ts';
import { useFailureText } from '../frame/failure-text.ts';
import p from '../frame/page.module.css';
import { PlainPage } from '../frame/plain-page.tsx';
import { MoneyFields, ReceiptFields } from './store-fields.tsx';
import s from './setup-screen.module.css';

const tillCode = /^[A-Z0-9]{1,8}$/u;

/** What a shop in this browser's part of the world most likely wants; all of it can be changed. */
function likelySettings(language: string): StoreSettings {
  const [wanted = 'en-GB'] = navigator.languages.filter((tag) => tag.includes('-') && tag.startsWith(language));
  const region = new Intl.Locale(wanted).maximize().region ?? 'GB';
  const euro = [
    'AT',
    'BE',
    'CY',
    'DE',
    'EE',
    'ES',
    'FI',
    'FR',
    'GR',
    'HR',
    'IE',
    'IT',
    'LT',
    'LU',
    'LV',
    'MT',
    'NL',
    'PT',
    'SI',
    'SK',
  ];
  const others: Readonly<Record<string, string>> = {
    US: 'USD',
    CA: 'CAD',
    AU: 'AUD',
    NZ: 'NZD',
    CH: 'CHF',
    KW: 'KWD',
    SA: 'SAR',
    AE: 'AED',
    EG: 'EGP',
    IN: 'INR',
    JP: 'JPY',
  };
  const arabic = wanted.startsWith('ar') ? `${wanted}-u-nu-latn` : wanted;
  return {
    name: '',
    address: [],
    tax_number: null,
    currency: euro.includes(region) ? 'EUR' : (others[region] ?? 'GBP'),
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone || 'Europe/London',
    locale: arabic,
    prices_include_tax: region !== 'US' && region !== 'CA',
    tax_rounding: 'line',
    cash_rounding: null,
    receipt_footer: '',
  };
}

/** Opens a shop of its own on this till. */
export function ShopForm({ onBack, onDone }: { readonly onBack: () => void; readonly onDone: () => void }): ReactNode {
  const { t, i18n } = useTranslation(['setup', 'common']);
  const failureText = useFailureText();
  const open = useCommand('setup.open_shop');
  const [settings, setSettings] = useState(() => likelySettings(i18n.language));
  const [code, setCode] = useState('T1');
  const [tillName, setTillName] = useState<string>(() => t('shop.tillNameValue', { number: 1 }));
  const [name, setName] = useState('');
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [pin, setPin] = useState('');
  const [isTried, setIsTried] = useState(false);
  const isCodeGood = tillCode.test(code);
  const missing = (text: string): string | undefined =>
    isTried && text.trim() === '' ? t('common:required') : undefined;

  const submit = async (): Promise<void> => {
    setIsTried(true);
    const isComplete =
      [settings.name, tillName, name, login, password].every((text) => text.trim() !== '') && isCodeGood;
    if (!isComplete || open.isPending) return;
    const result = await open.run({
      settings: {
        ...settings,
        name: settings.name.trim(),
        address: settings.address.filter((row) => row.trim() !== ''),
      },
      till_code: code,
      till_name: tillName,
      manager: { name, login, password, pin: pin === '' ? null : pin },
    });
    if (result.ok) onDone();
  };
  const fault = (codes: readonly Failure['code'][]): string | undefined =>
    open.failure !== undefined && codes.includes(open.failure.code) ? failureText(open.failure) : undefined;
  return (
    <PlainPage title={t('shop.formTitle')}>
      <div className={s['form']}>
        {open.failure !== undefined && <Notice severity="bad" title={failureText(open.failure)} />}
        <div className={p['pair']}>
          <div className={p['form']}>
            <Panel hasPadding title={t('shop.formTitle')}>
              <ReceiptFields nameError={missing(settings.name)} onChange={setSettings} settings={settings} />
            </Panel>
            <Panel hasPadding title={t('shop.tillTitle')}>
              <TextField
                description={t('shop.tillCodeHint')}
                error={isCodeGood ? undefined : t('shop.tillCodeWrong')}
                isCode
                label={t('shop.tillCode')}
                maxLength={8}
                onChange={(text) => setCode(text.toUpperCase())}
                path="till_code"
                value={code}
              />
              <TextField
                error={missing(tillName)}
                label={t('shop.tillName')}
                maxLength={200}
                onChange={setTillName}
                path="till_name"
                value={tillName}
              />
            </Panel>
          </div>
          <div className={p['form']}>
            <Panel hasPadding title={t('shop.managerTitle')}>
              <TextField
                autoComplete="name"
                error={missing(name)}
                label={t('shop.managerName')}
                maxLength={200}
                onChange={setName}
                path="manager.name"
                value={name}
              />
              <TextField
                autoComplete="username"
                error={missing(login)}
                isCode
                label={t('shop.login')}
                maxLength={100}
                onChange={setLogin}
                path="manager.login"
                value={login}
              />
              <TextField
                autoComplete="new-password"
                description={t('shop.passwordHint')}
                error={missing(password) ?? fault(['password.too_short', 'password.too_long'])}
                isCode
                label={t('shop.password')}
                maxLength={1024}
                onChange={setPassword}
                type="password"
                path="manager.password"
                value={password}
              />
              <TextField
                autoComplete="off"
                description={t('shop.pinHint')}
                error={fault(['pin.malformed'])}
                inputMode="numeric"
                isCode
                label={t('shop.pin')}
                maxLength={8}
                onChange={(text) => setPin(text.replace(/\D/gu, ''))}
                onSubmit={() => void submit()}
                type="password"
                path="manager.pin"
                value={pin}
              />
            </Panel>
            <Panel hasPadding title={t('shop.moneyTitle')}>
              <MoneyFields onChange={setSettings} settings={settings} />
            </Panel>
          </div>
        </div>
        <div className={p['actions']}>
          <Button onPress={onBack} size="function">
            {t('common:actions.back')}
          </Button>
          <Button isPending={open.isPending} onPress={() => void submit()} size="function" variant="primary">
            {t('shop.open')}
          </Button>
        </div>
      </div>
    </PlainPage>
  );
}
