import { Printer } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { Button, Notice, Panel, Steps, useFormat } from '../../ui/index.ts';
import type { ShiftReport } from '../data/operations.ts';
import { useAsk } from '../data/use-ask.ts';
import { usePrint } from '../device/printing.tsx';
import { Printout } from '../frame/printout.tsx';
import { useAtTheTill } from '../frame/session-context.tsx';
import { ReportSlip } from '../receipt/report-slip.tsx';
import { CheckNotice } from './check-notice.tsx';
import s from './close-screen.module.css';
import r from './report-screen.module.css';
import { ReportSheet } from './report-sheet.tsx';

/** The shift is closed: its Z, as it stands for ever. */
export function ClosedShift({ report }: { readonly report: ShiftReport }): ReactNode {
  const { t } = useTranslation('shift');
  const print = usePrint();
  const format = useFormat();
  const { can, settings, status } = useAtTheTill();
  // What the head office finds comes a moment later.
  const checked = useAsk('shift.show', { shift: report.shift }, { isEnabled: can('shift.report') });
  const [, goTo] = useLocation();
  const number = format.integer(report.number);
  const difference_minor = report.difference_minor ?? 0;
  return (
    <div className={s['work']}>
      <header className={s['head']}>
        <h1 className={s['title']}>{t('close.closedTitle')}</h1>
        <Steps current={2} label={t('close.steps')} steps={[t('close.count'), t('close.compare'), t('close.done')]} />
      </header>
      <Notice
        severity={difference_minor === 0 ? 'ok' : 'info'}
        title={
          difference_minor === 0
            ? t('close.right')
            : t('close.closedDiffers', { amount: format.money(difference_minor) })
        }
      >
        {t('close.rightHint', { number })}
      </Notice>
      {can('shift.report') && <CheckNotice report={checked.data ?? report} />}
      <div className={r['columns']}>
        <Panel isFilling title={t('x.z', { number })}>
          <ReportSheet report={report} />
        </Panel>
        <div className={r['paper']}>
          <ReportSlip report={report} settings={settings} status={status} />
          <Printout>
            <ReportSlip report={report} settings={settings} status={status} />
          </Printout>
        </div>
      </div>
      <div className={s['actions']}>
        <Button icon={Printer} isWide onPress={print} shortcut="print" size="function">
          {t('x.print')}
        </Button>
        <Button isWide onPress={() => goTo('/')} shortcut="confirm" size="function" variant="primary">
          {t('close.newShift')}
        </Button>
      </div>
    </div>
  );
}
