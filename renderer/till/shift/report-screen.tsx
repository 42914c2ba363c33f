import { Printer, WalletCards } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { Button, EmptyState, PageHeader, Panel, useFormat } from '../../ui/index.ts';
import { failureOf } from '../../line/line.ts';
import { useAsk } from '../data/use-ask.ts';
import p from '../frame/page.module.css';
import { usePrint } from '../device/printing.tsx';
import { Printout } from '../frame/printout.tsx';
import { useAtTheTill } from '../frame/session-context.tsx';
import { Unanswered } from '../frame/unanswered.tsx';
import { ReportSlip } from '../receipt/report-slip.tsx';
import { ReportSheet } from './report-sheet.tsx';
import s from './report-screen.module.css';

/** The X report: what the open shift has done so far. */
export function ReportScreen(): ReactNode {
  const { t } = useTranslation('shift');
  const print = usePrint();
  const format = useFormat();
  const { can, hasShift, settings, status } = useAtTheTill();
  const [, goTo] = useLocation();
  const mayRead = can('shift.report') && hasShift;
  const report = useAsk('shift.report', {}, { isEnabled: mayRead });
  const found = report.data;
  const back = (): void => goTo('/');
  if (!mayRead || failureOf(report.error)?.code === 'shift.not_open') {
    return (
      <>
        <PageHeader onBack={back} title={t('title')} />
        <EmptyState title={hasShift ? t('x.mayNot') : t('noneOpen')}>
          {hasShift ? undefined : t('noneOpenHint')}
        </EmptyState>
      </>
    );
  }
  return (
    <div className={p['page']}>
      <PageHeader
        actions={
          <>
            <Button icon={Printer} isDisabled={found === undefined} onPress={print} shortcut="print">
              {t('x.print')}
            </Button>
            {can('shift.close') && (
              <Button icon={WalletCards} onPress={() => goTo('/shift/close')} shortcut="closeShift" variant="primary">
                {t('x.close')}
              </Button>
            )}
          </>
        }
        detail={
          found === undefined
            ? undefined
            : t('x.openedBy', { at: format.dateTime(found.opened_at), name: found.opened_by })
        }
        onBack={back}
        title={found === undefined ? t('title') : t('x.title', { number: format.integer(found.number) })}
      />
      {found === undefined ? (
        <Unanswered asked={report} failed={t('failed')} />
      ) : (
        <div className={s['columns']}>
          <Panel isFilling label={t('x.title', { number: format.integer(found.number) })}>
            <ReportSheet report={found} />
          </Panel>
          <div className={s['paper']}>
            <ReportSlip report={found} settings={settings} status={status} />
            <Printout>
              <ReportSlip report={found} settings={settings} status={status} />
            </Printout>
          </div>
        </div>
      )}
    </div>
  );
}
