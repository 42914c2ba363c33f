import { useCallback, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Notice, TopBar, useFormat, useShortcut } from '../../ui/index.ts';
import { useAccess } from '../data/till-context.tsx';
import { useAsk } from '../data/use-ask.ts';
import { useCommand } from '../data/use-command.ts';
import { PrintNotice, PrintingProvider } from '../device/printing.tsx';
import type { LineState } from '../host.ts';
import { BasketScanner } from '../sell/basket-scanner.tsx';
import { FaultNotice } from '../support/fault-notice.tsx';
import { BarNotice } from './bar-notice.tsx';
import { useMinute } from './clock.ts';
import { MoreProvider } from './more-context.ts';
import { MoreDialog } from './more-dialog.tsx';
import { ScreenKeys } from './screen-keys.tsx';
import { useAtTheTill } from './session-context.tsx';
import { SyncSign } from './sync-sign.tsx';
import s from './till-frame.module.css';

/** The bar on top of every screen, with the scanner's and the line's notices in it. */
export function TillFrame({ children, line }: { readonly children: ReactNode; readonly line: LineState }): ReactNode {
  const { t } = useTranslation(['sell', 'common']);
  const { session, settings, status, hasShift } = useAtTheTill();
  const format = useFormat();
  const access = useAccess();
  const shift = useAsk('shift.current', {});
  const lock = useCommand('session.lock');
  const minute = useMinute();
  const [isMoreOpen, setIsMoreOpen] = useState(false);
  const openMore = useCallback(() => setIsMoreOpen(true), []);
  useShortcut('more', openMore, { inFields: true });

  const leave = async (): Promise<void> => {
    await lock.run({});
    // Whether the till heard it or not: nobody shall go on at this window.
    access.session.getState().end();
    access.queries.removeQueries({ queryKey: ['session', 'current'] });
  };
  const open = shift.data?.shift ?? null;
  return (
    <PrintingProvider>
      <ScreenKeys />
      <div className={s['frame']}>
        <TopBar
          cashier={{
            name: session.name,
            detail:
              open === null
                ? t('common:bar.noShift')
                : t('common:bar.shiftSince', { time: format.time(open.opened_at) }),
          }}
          clock={format.time(minute)}
          onCashierPress={openMore}
          notice={
            <>
              {hasShift && <BasketScanner />}
              <FaultNotice />
              <PrintNotice />
              {line !== 'open' && (
                <BarNotice>
                  <Notice
                    isInSlot
                    severity="bad"
                    title={line === 'refused' ? t('lineState.refused') : t('lineState.lost')}
                  >
                    {line === 'refused' ? t('lineState.refusedHint') : t('lineState.lostHint')}
                  </Notice>
                </BarNotice>
              )}
            </>
          }
          onLock={() => void leave()}
          store={settings.name}
          sync={<SyncSign />}
          till={status.till_name ?? status.till_code ?? ''}
        />
        <MoreProvider value={openMore}>
          <main className={s['main']}>{children}</main>
        </MoreProvider>
        <MoreDialog isOpen={isMoreOpen} onClose={() => setIsMoreOpen(false)} onLock={() => void leave()} />
      </div>
    </PrintingProvider>
  );
}
