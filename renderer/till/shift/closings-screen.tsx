import { ArrowDown, ArrowUp, CircleCheck, Clock, OctagonAlert, Printer, ReceiptText } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { ShiftId } from '../../../shared/ids.ts';
import { AmountText, Button, Chip, EmptyState, PageHeader, Panel, Table, useFormat } from '../../ui/index.ts';
import type { ClosedShiftRow } from '../data/operations.ts';
import { useAsk } from '../data/use-ask.ts';
import { usePrint } from '../device/printing.tsx';
import { Printout } from '../frame/printout.tsx';
import { useAtTheTill } from '../frame/session-context.tsx';
import { Unanswered } from '../frame/unanswered.tsx';
import { ReportSlip } from '../receipt/report-slip.tsx';
import s from '../sales/sales-screen.module.css';
import { CheckNotice } from './check-notice.tsx';
import c from './closings-screen.module.css';

const pageSize = 50;

/** The shifts that were closed, the last first, each with its Z and what the head office found. */
export function ClosingsScreen({ shift: chosen }: { readonly shift: ShiftId | null }): ReactNode {
  const { t } = useTranslation('shift');
  const { can } = useAtTheTill();
  const [, goTo] = useLocation();
  if (!can('shift.report')) {
    return (
      <>
        <PageHeader onBack={() => goTo('/')} title={t('closings.title')} />
        <EmptyState title={t('x.mayNot')} />
      </>
    );
  }
  return (
    <div className={s['sales']}>
      <section className={s['work']}>
        <PageHeader onBack={() => goTo('/')} title={t('closings.title')} />
        <Closings chosen={chosen} />
      </section>
      <aside aria-label={t('closings.chosen')} className={s['aside']}>
        {chosen === null ? (
          <EmptyState icon={ReceiptText} title={t('closings.choose')}>
            {t('closings.chooseHint')}
          </EmptyState>
        ) : (
          <ChosenClosing id={chosen} key={chosen} />
        )}
      </aside>
    </div>
  );
}

/** A page of the list. Pages are told apart by the number of the last Z before them, so that none is shown twice. */
function Closings({ chosen }: { readonly chosen: ShiftId | null }): ReactNode {
  const { t } = useTranslation('shift');
  const [, goTo] = useLocation();
  const [before, setBefore] = useState<readonly number[]>([]);
  // One more than is shown: it tells whether there is an older page.
  const input = { before_number: before.at(-1) ?? null, limit: pageSize + 1 };
  const list = useAsk('shift.list', input, { keepsPrevious: true });
  const shifts = list.data?.shifts.slice(0, pageSize) ?? [];
  const oldest = (list.data?.shifts.length ?? 0) > pageSize ? shifts.at(-1)?.number : undefined;
  const placeholder = (
    <Unanswered asked={list} failed={t('closings.failed')}>
      <EmptyState icon={ReceiptText} title={t('closings.none')}>
        {t('closings.noneHint')}
      </EmptyState>
    </Unanswered>
  );
  return (
    <Panel isFilling label={t('closings.title')}>
      <ClosingsTable
        chosen={chosen}
        onChoose={(id) => goTo(`/shift/closed/${id}`)}
        placeholder={placeholder}
        shifts={shifts}
      />
      {(before.length > 0 || oldest !== undefined) && (
        <div className={c['pages']}>
          <Button
            icon={ArrowUp}
            isDisabled={before.length === 0}
            onPress={() => setBefore(before.slice(0, -1))}
            size="small"
            variant="quiet"
          >
            {t('closings.newer')}
          </Button>
          <Button
            icon={ArrowDown}
            isDisabled={oldest === undefined}
            onPress={() => oldest !== undefined && setBefore([...before, oldest])}
            size="small"
            variant="quiet"
          >
            {t('closings.older')}
          </Button>
        </div>
      )}
    </Panel>
  );
}

function ClosingsTable(props: {
  readonly shifts: readonly ClosedShiftRow[];
  readonly chosen: ShiftId | null;
  readonly onChoose: (shift: ShiftId) => void;
  readonly placeholder: ReactNode;
}): ReactNode {
  const { chosen, onChoose, placeholder, shifts } = props;
  const { t } = useTranslation('shift');
  const format = useFormat();
  const { status } = useAtTheTill();
  return (
    <Table
      columns={[
        {
          id: 'number',
          title: t('closings.number'),
          isRowName: true,
          render: ({ number }) => <bdi className={s['whole']}>{t('x.z', { number: format.integer(number) })}</bdi>,
        },
        {
          id: 'day',
          title: t('closings.day'),
          render: ({ business_date }) => format.businessDate(business_date),
        },
        {
          id: 'closed',
          title: t('closings.closed'),
          render: ({ closed_at }) => (
            <>
              <bdi className={s['whole']}>{format.date(closed_at)}</bdi>{' '}
              <bdi className={s['whole']}>{format.time(closed_at)}</bdi>
            </>
          ),
        },
        {
          id: 'sales',
          title: t('x.sales'),
          isFigure: true,
          render: ({ sales_total_minor }) => <AmountText amount_minor={sales_total_minor} isStrong />,
        },
        {
          id: 'difference',
          title: t('closings.difference'),
          isFigure: true,
          render: ({ difference_minor }) => <AmountText amount_minor={difference_minor} />,
        },
        // A till of its own has nobody who could check it.
        ...(status.authority === 'standalone'
          ? []
          : [
              {
                id: 'check',
                title: t('check.column'),
                render: ({ agrees }: ClosedShiftRow) => <CheckChip agrees={agrees} />,
              },
            ]),
      ]}
      isRoomy
      label={t('closings.title')}
      onRowPress={({ shift }) => onChoose(shift)}
      placeholder={placeholder}
      rowId={({ shift }) => shift}
      rows={shifts}
      selected={chosen ?? undefined}
    />
  );
}

function CheckChip({ agrees }: { readonly agrees: boolean | null }): ReactNode {
  const { t } = useTranslation('shift');
  if (agrees === null)
    return (
      <Chip icon={Clock} severity="info">
        {t('check.notYet')}
      </Chip>
    );
  return (
    <Chip icon={agrees ? CircleCheck : OctagonAlert} severity={agrees ? 'ok' : 'bad'}>
      {agrees ? t('check.agrees') : t('check.differs')}
    </Chip>
  );
}

/** The Z as it was printed, with what the head office found above it. */
function ChosenClosing({ id }: { readonly id: ShiftId }): ReactNode {
  const { t } = useTranslation('shift');
  const print = usePrint();
  const { settings, status } = useAtTheTill();
  const report = useAsk('shift.show', { shift: id });
  const found = report.data;
  if (found === undefined) return <Unanswered asked={report} failed={t('failed')} />;
  return (
    <>
      <CheckNotice report={found} />
      <div className={s['paper']}>
        <ReportSlip report={found} settings={settings} status={status} />
        <Printout>
          <ReportSlip report={found} settings={settings} status={status} />
        </Printout>
      </div>
      <Button icon={Printer} isWide onPress={print} shortcut="print" size="function">
        {t('x.print')}
      </Button>
    </>
  );
}
