import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { isUuid } from '../../../shared/ids.ts';
import { LastScanned } from '../../ui/index.ts';
import { BarNotice } from '../frame/bar-notice.tsx';
import { type ScanOutcome, useScanner } from '../scan/index.ts';
import { SellNoticeView } from './sell-notice.tsx';
import { useSell, useSellStore } from './sell-store.tsx';
import { useRingUp } from './use-ring-up.ts';

/**
 * Takes every scan of the window, on whatever screen and over whatever dialog, and puts it into the basket. Where the
 * screen has no notice slot of its own, what came of it shows in the bar.
 */
export function BasketScanner(): ReactNode {
  const { t } = useTranslation('sell');
  const [path, goTo] = useLocation();
  const { scan } = useRingUp();
  const store = useSellStore();
  const last = useSell((state) => state.last);
  const notice = useSell((state) => state.notice);
  const [shownOn, setShownOn] = useState<string | null>(null);

  const show = (): void => setShownOn(path);
  const takeScan = async (code: string, heard: (outcome: ScanOutcome) => void): Promise<void> => {
    // The code on a receipt is the sale's UUID: whoever scans it wants to give something back.
    if (isUuid(code)) return goTo(`/refund/${code}`);
    // The next customer's first product begins the next sale.
    if (path.startsWith('/done/')) {
      store.getState().reset();
      goTo('/');
    }
    await scan(code, heard);
    show();
  };
  useScanner(takeScan, {
    onCutOff: (code) => {
      store.getState().tell({ kind: 'cut_off', code });
      show();
    },
  });

  const hasSlot = path === '/' || path.startsWith('/done/');
  if (hasSlot || shownOn !== path) return null;
  return (
    <BarNotice>
      {notice !== null ? (
        <SellNoticeView hasActions={false} notice={notice} onClose={() => setShownOn(null)} />
      ) : (
        last !== null && <LastScanned detail={t('notice.scanElsewhere')} name={last.name} />
      )}
    </BarNotice>
  );
}
