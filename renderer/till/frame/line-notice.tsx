import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Unplug } from 'lucide-react';
import { EmptyState, LoadingState } from '../../ui/index.ts';
import { useAccess } from '../data/till-context.tsx';
import { StartingNotice } from '../device/starting-notice.tsx';
import { TroubleNotice } from '../device/trouble-notice.tsx';
import type { LineState } from '../host.ts';

/** In the place of a whole screen while the till can't be asked. */
export function LineNotice({ line }: { readonly line: LineState }): ReactNode {
  const { t } = useTranslation('sell');
  const { trouble: troubleOf } = useAccess().host;
  const trouble = troubleOf();
  if (line === 'shut' && trouble !== undefined) return <TroubleNotice trouble={trouble} />;
  if (line === 'starting') return <StartingNotice />;
  if (line === 'refused') {
    return (
      <EmptyState icon={Unplug} title={t('lineState.refused')}>
        {t('lineState.refusedHint')}
      </EmptyState>
    );
  }
  if (line === 'lost') {
    return (
      <EmptyState icon={Unplug} title={t('lineState.lost')}>
        {t('lineState.lostHint')}
      </EmptyState>
    );
  }
  return <LoadingState>{t('lineState.connecting')}</LoadingState>;
}
