import { ShieldAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Trouble } from '../../../shared/contract/shell.ts';
import { Button, EmptyState } from '../../ui/index.ts';
import { useAccess } from '../data/till-context.tsx';
import s from './trouble-notice.module.css';

/** In the place of a whole screen: why the till can't be opened, that nothing is lost, and what to do. */
export function TroubleNotice({ trouble }: { readonly trouble: Trouble }): ReactNode {
  const { t } = useTranslation('device');
  const { openAgain, shell } = useAccess().host;
  return (
    <EmptyState
      action={
        <div className={s['actions']}>
          <Button autoFocus onPress={openAgain} variant="primary">
            {t('trouble.again')}
          </Button>
          {shell !== undefined && <Button onPress={() => void shell.quit()}>{t('trouble.quit')}</Button>}
        </div>
      }
      icon={ShieldAlert}
      title={t(`trouble.${trouble.kind}`)}
    >
      <p className={s['hint']}>{t(`trouble.${trouble.kind}Hint`)}</p>
      <p>{t('trouble.kept')}</p>
      {trouble.incident !== null && <p>{t('trouble.incident', { incident: trouble.incident })}</p>}
      {trouble.path !== '' && (
        <p className={s['path']} dir="auto">
          {t('trouble.file', { path: trouble.path })}
        </p>
      )}
    </EmptyState>
  );
}
