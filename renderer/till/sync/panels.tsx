import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { compareVersions } from '../../../shared/version.ts';
import { useKindText } from '../../i18n/use-kind-text.ts';
import { Button, Notice, Panel, SumList, SumRow, Table, useFormat } from '../../ui/index.ts';
import type { SyncDetails, SyncStatus } from '../data/operations.ts';
import { useMinute } from '../frame/clock.ts';
import { useAtTheTill } from '../frame/session-context.tsx';
import { ageText } from '../frame/sync-sign.tsx';
import s from './sync-screen.module.css';

/** A clock that is off by less than this is right. */
const clockTolerance_ms = 60_000;

/** Where both sides stand, since when, and whom the till talks to. */
export function StandingPanel(props: {
  readonly status: SyncStatus;
  readonly server: SyncDetails['server'];
}): ReactNode {
  const { server, status } = props;
  const { t } = useTranslation(['sync', 'common']);
  const { t: common } = useTranslation('common');
  const format = useFormat();
  const minute = useMinute();
  const isJoined = status.state !== 'standalone';
  const { clock_offset_ms: offset_ms, last_confirmed_at: last, oldest_waiting_at: oldest } = status;
  const isClockRight = offset_ms === null || Math.abs(offset_ms) < clockTolerance_ms;
  const offText = (off_ms: number): string =>
    ageText(new Date(0).toISOString(), new Date(Math.abs(off_ms)).toISOString(), common);
  return (
    <Panel title={t('standing')}>
      <SumList>
        <SumRow label={t('here')}>{format.integer(status.head_seq)}</SumRow>
        {isJoined && (
          <>
            <SumRow label={t('there')}>{format.integer(status.confirmed_seq)}</SumRow>
            <SumRow isStrong label={t('waiting')}>
              {format.integer(status.waiting)}
            </SumRow>
            {oldest !== null && (
              <SumRow label={t('oldest')}>
                <span>{t('oldestAge', { at: format.dateTime(oldest), age: ageText(oldest, minute, common) })}</span>
              </SumRow>
            )}
            <SumRow label={t('last')}>
              <span>
                {last === null ? t('never') : t('lastEntry', { at: format.dateTime(last), seq: status.confirmed_seq })}
              </span>
            </SumRow>
            {server !== null && (
              <SumRow label={t('server')}>
                {t(server.is_encrypted ? 'serverThere' : 'serverHere', {
                  host: server.host,
                  port: String(server.port),
                })}
              </SumRow>
            )}
            {server !== null && (
              <SumRow label={t('version')}>
                {server.versions.headoffice === null
                  ? server.versions.till
                  : t(`versions.${compareVersions(server.versions.till, server.versions.headoffice) ?? 'same'}`, {
                      till: server.versions.till,
                      headoffice: server.versions.headoffice,
                    })}
              </SumRow>
            )}
            {offset_ms !== null && (
              <SumRow label={t('clock')}>
                <span>
                  {isClockRight
                    ? t('clockRight')
                    : t(offset_ms > 0 ? 'clockAhead' : 'clockBehind', { time: offText(offset_ms) })}
                </span>
              </SumRow>
            )}
          </>
        )}
      </SumList>
      {!isClockRight && <Notice severity="warn" title={t('clockHint')} />}
    </Panel>
  );
}

/** What waits, by kind. */
export function WaitingPanel(props: {
  readonly status: SyncStatus;
  readonly waiting: SyncDetails['waiting'];
}): ReactNode {
  const { status, waiting } = props;
  const { t } = useTranslation('sync');
  const format = useFormat();
  const kindText = useKindText();
  const isPart = waiting.counted > 0 && waiting.counted < status.waiting;
  return (
    <Panel
      detail={isPart ? t('kindsOf', { count: waiting.counted }) : undefined}
      hasPadding={waiting.kinds.length === 0}
      title={t('kindsTitle')}
    >
      {waiting.kinds.length === 0 ? (
        t('nothingWaits')
      ) : (
        <SumList>
          {waiting.kinds.map(({ count, kind }) => (
            <SumRow key={kind} label={kindText(kind)}>
              {format.integer(count)}
            </SumRow>
          ))}
        </SumList>
      )}
    </Panel>
  );
}

/** Entries that the head office holds and counts nowhere yet, with the reason in words. */
export function AsidePanel({ aside }: { readonly aside: SyncDetails['aside'] }): ReactNode {
  const { t } = useTranslation('sync');
  const format = useFormat();
  const kindText = useKindText();
  const reasonText = (code: string): string => {
    const why = asideReasons[code];
    return why === undefined ? t('aside.reasons.other', { code }) : t(`aside.reasons.${why}`);
  };
  return (
    <Panel detail={t('aside.hint', { count: aside.total })} title={t('aside.title')}>
      <Table
        columns={[
          { id: 'seq', title: t('aside.entry'), render: ({ seq }) => format.integer(seq), isFigure: true },
          {
            id: 'kind',
            title: t('aside.kind'),
            render: ({ kind }) => (kind === null ? t('kindUnknown') : kindText(kind)),
            isRowName: true,
          },
          {
            id: 'at',
            title: t('aside.at'),
            render: ({ at }) => <bdi className={s['whole']}>{at === null ? '–' : format.dateTime(at)}</bdi>,
          },
          { id: 'reason', title: t('aside.reason'), render: ({ code }) => reasonText(code) },
        ]}
        label={t('aside.title')}
        rowId={({ seq }) => String(seq)}
        rows={aside.entries}
      />
    </Panel>
  );
}

/** The codes that have words; of any other the code itself is told. */
const asideReasons: Readonly<Record<string, 'unknown_kind' | 'unreadable' | 'slow' | 'twice'>> = {
  unknown_kind: 'unknown_kind',
  ET002: 'unreadable',
  ET003: 'slow',
  ET004: 'twice',
  '23505': 'twice',
};

/** Closings that the head office computes otherwise. The figures are for whoever may read a Z. */
export function ClosingsPanel({ closings }: { readonly closings: SyncDetails['closings'] }): ReactNode {
  const { t } = useTranslation('sync');
  const format = useFormat();
  const [, goTo] = useLocation();
  const { can } = useAtTheTill();
  return (
    <Panel detail={t('closings.hint')} title={t('closings.title')}>
      {closings.map(({ business_date, number, shift }) => (
        <div className={s['closing']} key={shift}>
          <span>{t('closings.z', { number, date: format.businessDate(business_date) })}</span>
          {can('shift.report') && (
            <Button onPress={() => goTo(`/shift/closed/${shift}`)} size="small">
              {t('closings.open')}
            </Button>
          )}
        </div>
      ))}
    </Panel>
  );
}
