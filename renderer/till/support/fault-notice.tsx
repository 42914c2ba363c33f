import { LifeBuoy } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useStore } from 'zustand';
import { Button, Notice } from '../../ui/index.ts';
import { useAccess } from '../data/till-context.tsx';
import { BarNotice } from '../frame/bar-notice.tsx';
import { useAtTheTill } from '../frame/session-context.tsx';

/** Says in the bar that something went wrong that should not, under which number, and leads to what support needs. */
export function FaultNotice(): ReactNode {
  const { t } = useTranslation('support');
  const { can } = useAtTheTill();
  const { faults } = useAccess();
  const { forget, incident } = useStore(faults);
  const [path, goTo] = useLocation();
  if (incident === null || path === '/support') return null;
  const open = (): void => {
    forget();
    goTo('/support');
  };
  return (
    <BarNotice>
      <Notice
        actions={
          can('support.collect') && (
            <Button icon={LifeBuoy} onPress={open} size="small">
              {t('forSupport')}
            </Button>
          )
        }
        isInSlot
        onClose={forget}
        severity="bad"
        title={t('fault', { incident })}
      >
        {t('faultHint')}
      </Notice>
    </BarNotice>
  );
}
