import { Plus } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { Button, EmptyState, PageHeader, Panel, Table, useFormat } from '../../ui/index.ts';
import { useMay } from '../data/office-context.tsx';
import type { TillRow } from '../data/operations.ts';
import { useAsk } from '../data/use-ask.ts';
import { Answered } from '../frame/section.tsx';
import { TwoLines } from '../frame/two-lines.tsx';
import { useDuration } from '../frame/use-words.ts';
import { TillDialog } from './till-dialog.tsx';
import { TillState, useClockWords, useTillDetail } from './till-state.tsx';
import s from './tills-screen.module.css';

/** Every till's head against the one that is held here. */
export function TillsScreen(): ReactNode {
  const { t } = useTranslation('headoffice');
  const [, go] = useLocation();
  const mayEnrol = useMay('till.enrol');
  const tills = useAsk('till.list', {}, { every_ms: 15_000 });
  const [opened, setOpened] = useState<string | null>(null);
  const chosen = tills.data?.tills.find(({ till }) => till === opened);
  return (
    <>
      <PageHeader
        actions={
          mayEnrol && (
            <Button icon={Plus} onPress={() => go('/tills/enrol')} variant="primary">
              {t('enrol.title')}
            </Button>
          )
        }
        detail={t('tills.hint')}
        title={t('nav.tills')}
      />
      <Panel>
        <Answered of={tills}>
          {({ now, tills: rows }) => <TillsTable now={now} onOpen={setOpened} rows={rows} />}
        </Answered>
      </Panel>
      {chosen !== undefined && <TillDialog onClose={() => setOpened(null)} till={chosen} />}
    </>
  );
}

function TillsTable(props: {
  readonly rows: readonly TillRow[];
  readonly now: string;
  readonly onOpen: (till: string) => void;
}): ReactNode {
  const { now, rows } = props;
  const { t } = useTranslation('headoffice');
  const format = useFormat();
  const duration = useDuration();
  const detail = useTillDetail(now);
  const clock = useClockWords();
  return (
    <Table<TillRow>
      columns={[
        {
          id: 'name',
          title: t('common.till'),
          render: (till) => <TwoLines detail={detail(till)} title={`${till.till_code} ${till.till_name}`} />,
          isRowName: true,
        },
        { id: 'store', title: t('common.store'), render: ({ store_name }) => store_name },
        {
          id: 'theirs',
          title: t('tills.itsHead'),
          render: ({ reported }) => <HeadCell hash={reported?.hash ?? null} seq={reported?.seq ?? null} />,
          isFigure: true,
        },
        {
          id: 'ours',
          title: t('tills.here'),
          render: ({ held }) => <HeadCell hash={held.hash} seq={held.seq} />,
          isFigure: true,
        },
        { id: 'lag', title: t('tills.lag'), render: ({ lag }) => <b>{format.integer(lag)}</b>, isFigure: true },
        {
          id: 'state',
          title: t('common.state'),
          render: (till) => <TillState now={now} till={till} />,
          width: 'narrow',
        },
        {
          id: 'seen',
          title: t('tills.seen'),
          render: (till) => (
            <TwoLines
              detail={clock(till)}
              title={
                till.last_seen_at === null
                  ? t('tills.never')
                  : t('tills.ago', { duration: duration(Date.parse(now) - Date.parse(till.last_seen_at)) })
              }
            />
          ),
        },
        {
          id: 'version',
          title: t('tills.version'),
          render: ({ app_version, version_state }) => (
            <TwoLines
              detail={
                version_state === 'older' || version_state === 'newer'
                  ? t(`tills.versions.${version_state}`)
                  : undefined
              }
              title={<bdi>{app_version ?? '–'}</bdi>}
            />
          ),
        },
      ]}
      isFaded={({ active }) => !active}
      label={t('nav.tills')}
      onRowPress={({ till }) => props.onOpen(till)}
      placeholder={<EmptyState title={t('tills.none')}>{t('tills.noneHint')}</EmptyState>}
      rowId={({ till }) => till}
      rows={rows}
    />
  );
}

/** A head: the number of its entry and the beginning of its hash. */
function HeadCell({ hash, seq }: { readonly seq: number | null; readonly hash: string | null }): ReactNode {
  const format = useFormat();
  if (seq === null) return '–';
  return (
    <span className={s['head']}>
      <bdi>{format.integer(seq)}</bdi>
      {hash !== null && (
        <code className={s['hash']} dir="ltr">
          {hash.slice(0, 8)}…
        </code>
      )}
    </span>
  );
}
