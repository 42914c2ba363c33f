import { Power, Printer } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Panel, Select, Switch } from '../../ui/index.ts';
import { useDevice } from './use-device.ts';

/** No printer has an empty name. */
const ask = '';

/** What the desktop application can do with this PC; nothing in a browser. */
export function PcPanel(): ReactNode {
  const { t } = useTranslation('device');
  const device = useDevice();
  if (device?.preferences === undefined) return null;
  const { change, preferences, printers, shell } = device;
  const { printer } = preferences;
  const isThere = printer === null || printers.some(({ name }) => name === printer);
  return (
    <Panel hasPadding title={t('title')}>
      <Select
        choices={[
          { id: ask, label: t('askEachTime') },
          ...printers.map(({ label, name }) => ({ id: name, label })),
          ...(isThere ? [] : [{ id: printer, label: t('printerGone', { name: printer }) }]),
        ]}
        description={t('printerHint')}
        icon={Printer}
        label={t('printer')}
        onChange={(chosen) => change({ printer: chosen === ask ? null : chosen })}
        value={printer ?? ask}
      />
      <Switch isSelected={preferences.isFullScreen} onChange={(isFullScreen) => change({ isFullScreen })}>
        {t('fullScreen')}
      </Switch>
      <Button icon={Power} onPress={() => void shell.quit()}>
        {t('close')}
      </Button>
    </Panel>
  );
}
