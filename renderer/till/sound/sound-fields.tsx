import { Volume2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, SegmentedControl, Switch } from '../../ui/index.ts';
import { Fit } from '../frame/fit.tsx';
import s from '../frame/page.module.css';
import { useSounds } from './sound-context.tsx';
import { volumes } from './sound-settings.ts';

/** Whether and how loud this device says what came of a scan; both can be heard here. */
export function SoundFields(): ReactNode {
  const { t } = useTranslation('device');
  const { change, play, settings } = useSounds();
  return (
    <>
      <Switch isSelected={settings.isOn} onChange={(isOn) => change({ ...settings, isOn })}>
        {t('sound.isOn')}
      </Switch>
      {settings.isOn && (
        <div className={s['group']}>
          <p className={s['label']}>{t('sound.volume')}</p>
          <Fit>
            <SegmentedControl
              choices={volumes.map((id) => ({ id, label: t(`sound.volumes.${id}`) }))}
              label={t('sound.volume')}
              onChange={(volume) => change({ ...settings, volume })}
              value={settings.volume}
            />
          </Fit>
          <div className={s['row']}>
            <Button icon={Volume2} onPress={() => play('good')}>
              {t('sound.good')}
            </Button>
            <Button icon={Volume2} onPress={() => play('bad')}>
              {t('sound.bad')}
            </Button>
          </div>
        </div>
      )}
    </>
  );
}
