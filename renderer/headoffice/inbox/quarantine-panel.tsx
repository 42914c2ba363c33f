import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useKindText } from '../../i18n/use-kind-text.ts';
import { Button, Panel, Table, useFormat } from '../../ui/index.ts';
import { useMay } from '../data/office-context.tsx';
import type { Answer } from '../data/operations.ts';
import { useAsk } from '../data/use-ask.ts';
import { useCommand } from '../data/use-command.ts';
import { FailureNotice } from '../frame/failure-notice.tsx';
import { TwoLines } from '../frame/two-lines.tsx';
import { Choices } from './choices.tsx';

type Entry = Answer<'quarantine.list'>['entries'][number];

type Reason = 'unreadable' | 'slow' | 'twice' | 'waits' | 'not_its_own' | 'order' | 'impossible';

/** The codes that have words of their own. What PostgreSQL said is for whoever has to mend it, and in its language. */
const reasonsOf: Readonly<Record<string, Reason>> = {
  ET002: 'unreadable',
  ET022: 'unreadable',
  ET003: 'slow',
  ET004: 'twice',
  '23505': 'twice',
  ET021: 'waits',
  ET023: 'waits',
  ET025: 'waits',
  ET026: 'waits',
  ET020: 'not_its_own',
  ET024: 'order',
  '22023': 'impossible',
  '23514': 'impossible',
};

/**
 * Entries that are held but not in the figures, with the reason; or those that newer tills sent, which only wait. Not there
 * where there are none.
 */
export function QuarantinePanel({ of }: { readonly of: 'unread' | 'newer' }): ReactNode {
  const { t } = useTranslation('headoffice');
  const format = useFormat();
  const kindText = useKindText();
  const held = useAsk('quarantine.list', { of });
  const mayRead = useMay('till.enrol');
  const again = useCommand('quarantine.project_again');
  const mayNote = useMay('report.view');
  const note = useCommand('inbox.note');
  const { entries, total } = held.data ?? { entries: [], total: 0 };
  if (total === 0) return null;
  return (
    <Panel
      detail={t(of === 'newer' ? 'quarantine.newerHint' : 'quarantine.hint', { count: total })}
      title={t(of === 'newer' ? 'quarantine.newerTitle' : 'quarantine.title')}
    >
      <FailureNotice failure={again.failure ?? note.failure} />
      <Table<Entry>
        columns={[
          {
            id: 'till',
            title: t('common.till'),
            render: ({ store_name, till_code, till_name }) => (
              <TwoLines detail={store_name} title={`${till_code} ${till_name}`} />
            ),
            isRowName: true,
          },
          { id: 'seq', title: t('quarantine.entry'), render: ({ seq }) => format.integer(seq), isFigure: true },
          { id: 'kind', title: t('quarantine.kind'), render: ({ kind }) => (kind === null ? '–' : kindText(kind)) },
          {
            id: 'reason',
            title: t('quarantine.reason'),
            render: ({ code, reason }) =>
              code === 'unknown_kind' ? (
                <TwoLines detail={<bdi>{reason}</bdi>} title={t('quarantine.newer')} />
              ) : (
                <TwoLines
                  detail={<bdi title={reason}>{code}</bdi>}
                  title={t(`quarantine.reasons.${reasonsOf[code] ?? 'other'}`)}
                />
              ),
          },
          { id: 'since', title: t('quarantine.since'), render: ({ since }) => format.dateTime(since) },
          // What is newer is read by itself.
          ...(of === 'newer'
            ? []
            : [
                {
                  id: 'again',
                  title: t('quarantine.again'),
                  render: ({ is_noted, note: noted, seq, till }: Entry) => (
                    <Choices>
                      {mayRead && (
                        <Button isDisabled={again.isPending} onPress={() => void again.run({ till, seq })} size="small">
                          {t('quarantine.again')}
                        </Button>
                      )}
                      {mayNote && !is_noted && (
                        <Button isDisabled={note.isPending} onPress={() => void note.run(noted)} size="small">
                          {t('inbox.noted')}
                        </Button>
                      )}
                    </Choices>
                  ),
                  width: 'narrow' as const,
                },
              ]),
        ]}
        label={t(of === 'newer' ? 'quarantine.newerTitle' : 'quarantine.title')}
        rowId={({ seq, till }) => `${till} ${String(seq)}`}
        rows={entries}
      />
    </Panel>
  );
}
