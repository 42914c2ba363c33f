import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import {
  Button,
  changeAppearance,
  Notice,
  PageHeader,
  Panel,
  rememberedAppearance,
  SegmentedControl,
  Switch,
  themes,
  type Appearance,
} from '../../ui/index.ts';
import { useCommand } from '../data/use-command.ts';
import { PcPanel } from '../device/pc-panel.tsx';
import { Fit } from '../frame/fit.tsx';
import { useFailureText } from '../frame/failure-text.ts';
import { LanguageSegment } from '../frame/language-segment.tsx';
import { useAtTheTill } from '../frame/session-context.tsx';
import s from '../frame/page.module.css';
import { KeysButton } from '../keys/keys-panel.tsx';
import { MoneyFields, ReceiptFields } from '../setup/store-fields.tsx';
import { SoundFields } from '../sound/sound-fields.tsx';
import { JoinPanel } from './join-panel.tsx';
import { LeavePanel } from './leave-panel.tsx';

/** What this device looks like, and what the whole shop agrees on. */
export function SettingsScreen(): ReactNode {
  const { t } = useTranslation(['setup', 'common']);
  const { can, settings: current, status } = useAtTheTill();
  const failureText = useFailureText();
  const [, goTo] = useLocation();
  const record = useCommand('settings.record');
  const [settings, setSettings] = useState(current);
  const [isSaved, setIsSaved] = useState(false);
  const isJoined = status.authority === 'joined';
  const mayEdit = !isJoined && can('settings.edit');
  const change = (changed: typeof settings): void => {
    setIsSaved(false);
    record.clear();
    setSettings(changed);
  };
  const save = async (): Promise<void> => {
    if (record.isPending || settings.name.trim() === '') return;
    const result = await record.run({
      settings: {
        ...settings,
        name: settings.name.trim(),
        address: settings.address.filter((row) => row.trim() !== ''),
      },
    });
    setIsSaved(result.ok);
    if (result.ok) setSettings(result.value);
  };
  return (
    <div className={s['page']}>
      <PageHeader
        detail={t('settings.till', { code: status.till_code ?? '' })}
        onBack={() => goTo('/')}
        title={t('settings.title')}
      />
      {isSaved && (
        <Notice severity="ok" title={t('settings.saved')}>
          {t('settings.savedHint')}
        </Notice>
      )}
      {record.failure !== undefined && <Notice severity="bad" title={failureText(record.failure)} />}
      {isJoined && (
        <Notice severity="info" title={t('settings.readOnly')}>
          {t('settings.readOnlyHint')}
        </Notice>
      )}
      <div className={s['scroll']}>
        <div className={s['columns']}>
          <div className={s['form']}>
            <DevicePanel />
            <PcPanel />
            <Panel hasPadding title={t('shop.moneyTitle')}>
              <MoneyFields isReadOnly={!mayEdit} onChange={change} settings={settings} />
            </Panel>
          </div>
          <div className={s['form']}>
            <Panel hasPadding title={t('settings.store')}>
              <ReceiptFields
                isReadOnly={!mayEdit}
                nameError={settings.name.trim() === '' ? t('shop.nameMissing') : undefined}
                onChange={change}
                settings={settings}
              />
            </Panel>
            {!isJoined && !status.demo && can('till.enrol') && <JoinPanel />}
            <LeavePanel />
          </div>
        </div>
      </div>
      <footer className={s['actions']}>
        <Button onPress={() => goTo('/')} shortcut="cancel" shortcutInFields size="function">
          {t('common:actions.back')}
        </Button>
        {mayEdit && (
          <Button
            isPending={record.isPending}
            onPress={() => void save()}
            shortcut="save"
            size="function"
            variant="primary"
          >
            {t('settings.save')}
          </Button>
        )}
      </footer>
    </div>
  );
}

/** Language and looks: this device's own, and at once. */
function DevicePanel(): ReactNode {
  const { t } = useTranslation(['setup', 'common']);
  const [appearance, setAppearance] = useState<Appearance>(() => rememberedAppearance(localStorage));
  const change = (changes: Partial<Appearance>): void => {
    const next = { ...appearance, ...changes };
    changeAppearance(next);
    setAppearance(next);
  };
  return (
    <Panel hasPadding title={t('settings.device')}>
      <div className={s['group']}>
        <p className={s['label']}>{t('common:language')}</p>
        <LanguageSegment label={t('common:language')} />
      </div>
      <div className={s['group']}>
        <p className={s['label']}>{t('common:theme.label')}</p>
        <Fit>
          <SegmentedControl
            choices={themes.map((id) => ({ id, label: t(`common:theme.${id}`) }))}
            label={t('common:theme.label')}
            onChange={(theme) => change({ theme })}
            value={appearance.theme}
          />
        </Fit>
      </div>
      <Switch isSelected={appearance.hasHighContrast} onChange={(hasHighContrast) => change({ hasHighContrast })}>
        {t('settings.contrast')}
      </Switch>
      <Switch isSelected={appearance.hasKeyCaps} onChange={(hasKeyCaps) => change({ hasKeyCaps })}>
        {t('settings.keyCaps')}
      </Switch>
      <SoundFields />
      <KeysButton />
    </Panel>
  );
}
