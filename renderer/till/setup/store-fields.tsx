import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { currencyCodes, currencyDecimals } from '../../../shared/money/currency.ts';
import { formatMoney } from '../../../shared/money/format.ts';
import { Select, SegmentedControl, Switch, TextField } from '../../ui/index.ts';
import { Fit } from '../frame/fit.tsx';
import type { StoreSettings } from '../data/operations.ts';

/** Ways of writing numbers and dates that a store may choose; the digits of Arabic stores are written out. */
const locales = [
  'en-GB',
  'en-US',
  'en-IE',
  'en-CA',
  'en-AU',
  'en-NZ',
  'en-IN',
  'en-ZA',
  'de-DE',
  'de-AT',
  'de-CH',
  'fr-FR',
  'nl-NL',
  'es-ES',
  'it-IT',
  'pt-PT',
  'pl-PL',
  'da-DK',
  'sv-SE',
  'nb-NO',
  'tr-TR',
  'ja-JP',
  'ar-KW-u-nu-latn',
  'ar-SA-u-nu-latn',
  'ar-AE-u-nu-latn',
  'ar-EG-u-nu-arab',
] as const;
const roundingSteps = [0, 5, 10, 50, 100] as const;

export interface StoreFieldsProps {
  readonly settings: StoreSettings;
  readonly onChange: (settings: StoreSettings) => void;
  readonly isReadOnly?: boolean;
  readonly nameError?: string | undefined;
}

/** What stands on a receipt. */
export function ReceiptFields({ isReadOnly = false, nameError, onChange, settings }: StoreFieldsProps): ReactNode {
  const { t } = useTranslation('setup');
  const change = (changes: Partial<StoreSettings>): void => onChange({ ...settings, ...changes });
  return (
    <>
      <TextField
        error={nameError}
        isReadOnly={isReadOnly}
        isRequired
        label={t('shop.name')}
        maxLength={200}
        onChange={(name) => change({ name })}
        path="settings.name"
        value={settings.name}
      />
      <TextField
        description={t('shop.addressHint')}
        isReadOnly={isReadOnly}
        label={t('shop.address')}
        maxLength={600}
        onChange={(text) => change({ address: text.split('\n').slice(0, 6) })}
        rows={3}
        path="settings.address"
        value={settings.address.join('\n')}
      />
      <TextField
        isReadOnly={isReadOnly}
        label={t('shop.taxNumber')}
        maxLength={40}
        onChange={(text) => change({ tax_number: text === '' ? null : text })}
        path="settings.tax_number"
        value={settings.tax_number ?? ''}
      />
      <TextField
        isReadOnly={isReadOnly}
        label={t('shop.footer')}
        maxLength={500}
        onChange={(receipt_footer) => change({ receipt_footer })}
        rows={2}
        path="settings.receipt_footer"
        value={settings.receipt_footer}
      />
    </>
  );
}

/** How the shop writes and rounds money, and when its day is. */
export function MoneyFields({ isReadOnly = false, onChange, settings }: StoreFieldsProps): ReactNode {
  const { t, i18n } = useTranslation('setup');
  const change = (changes: Partial<StoreSettings>): void => onChange({ ...settings, ...changes });
  const names = new Intl.DisplayNames([i18n.language], { type: 'language', languageDisplay: 'dialect' });
  const currencies = new Intl.DisplayNames([i18n.language], { type: 'currency' });
  const zones = Intl.supportedValuesOf('timeZone');
  const step_minor = settings.cash_rounding?.step_minor ?? 0;
  return (
    <>
      <Select
        choices={withCurrent(locales, settings.locale).map((id) => ({
          id,
          label: names.of(id.split('-u-')[0] ?? id) ?? id,
        }))}
        isDisabled={isReadOnly}
        label={t('shop.country')}
        onChange={(locale) => change({ locale })}
        value={settings.locale}
      />
      <Select
        choices={withCurrent(currencyCodes, settings.currency).map((id) => ({
          id,
          label: `${id} · ${currencies.of(id) ?? id}`,
        }))}
        isDisabled={isReadOnly}
        label={t('shop.currency')}
        onChange={(currency) => change({ currency, cash_rounding: null })}
        value={settings.currency}
      />
      <Select
        choices={withCurrent(zones, settings.zone).map((id) => ({ id, label: id.replaceAll('_', ' ') }))}
        isDisabled={isReadOnly}
        label={t('shop.zone')}
        onChange={(zone) => change({ zone })}
        value={settings.zone}
      />
      <Switch
        isDisabled={isReadOnly}
        isSelected={settings.prices_include_tax}
        onChange={(prices_include_tax) => change({ prices_include_tax })}
      >
        {t('shop.pricesIncludeTax')}
      </Switch>
      <Fit>
        <SegmentedControl
          choices={[
            { id: 'line', label: t('shop.perLine') },
            { id: 'document', label: t('shop.perDocument') },
          ]}
          isDisabled={isReadOnly}
          isLabelShown
          label={t('shop.taxRounding')}
          onChange={(tax_rounding) => change({ tax_rounding })}
          value={settings.tax_rounding}
        />
      </Fit>
      <Select
        choices={roundingSteps.map((step) => ({
          id: String(step),
          label: step === 0 ? t('shop.noRounding') : formatMoney(step, settings.currency, settings.locale),
        }))}
        isDisabled={isReadOnly || currencyDecimals(settings.currency) === 0}
        label={t('shop.cashRounding')}
        onChange={(step) =>
          change({
            cash_rounding:
              step === '0' ? null : { step_minor: Number(step), mode: settings.cash_rounding?.mode ?? 'half_up' },
          })
        }
        value={String(step_minor)}
      />
    </>
  );
}

/** The list, with what the store has now in front when the list does not know it. */
function withCurrent(list: readonly string[], current: string): readonly string[] {
  return list.includes(current) ? list : [current, ...list];
}
