import { Check, Dot, LoaderCircle } from 'lucide-react';
import { useSyncExternalStore, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { startingSteps } from '../../../shared/contract/shell.ts';
import { classNames, hiddenFromSight } from '../../ui/index.ts';
import { useAccess } from '../data/till-context.tsx';
import s from './starting-notice.module.css';

/** In the place of a whole screen while the till's file is brought up to date: what is done, and that nothing is lost. */
export function StartingNotice(): ReactNode {
  const { t } = useTranslation('device');
  const { onState, starting: startingOf } = useAccess().host;
  const starting = useSyncExternalStore(onState, startingOf);
  const current = starting === undefined ? -1 : startingSteps.indexOf(starting.step);
  const share = starting?.share ?? undefined;
  return (
    <section aria-labelledby="starting-title" className={s['notice']}>
      <h1 className={s['title']} id="starting-title">
        {t('starting.title')}
      </h1>
      <p className={s['hint']}>{t('starting.hint')}</p>
      <ol className={s['steps']}>
        {startingSteps.map((step, at) => (
          <li
            aria-current={at === current ? 'step' : undefined}
            className={classNames(s['step'], at === current && s['current'], at < current && s['done'])}
            key={step}
          >
            <span aria-hidden="true" className={s['mark']}>
              {at < current ? <Check /> : at === current ? <LoaderCircle className={s['turning']} /> : <Dot />}
            </span>
            {t(`starting.${step}`)}
          </li>
        ))}
      </ol>
      <progress
        aria-label={starting === undefined ? t('starting.title') : t(`starting.${starting.step}`)}
        className={s['progress']}
        max={1}
        value={share}
      />
      <p aria-live="polite" className={hiddenFromSight}>
        {starting === undefined ? '' : t(`starting.${starting.step}`)}
      </p>
    </section>
  );
}
