import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { Button, Chip, ConfirmDialog, EmptyState, PageHeader, Panel, type Severity, Table } from '../../ui/index.ts';
import { useMay } from '../data/office-context.tsx';
import type { Inbox } from '../data/operations.ts';
import { useAsk } from '../data/use-ask.ts';
import { useCommand } from '../data/use-command.ts';
import { FailureNotice } from '../frame/failure-notice.tsx';
import { Answered } from '../frame/section.tsx';
import { TwoLines } from '../frame/two-lines.tsx';
import { ClashesPanel } from './clashes-panel.tsx';
import { DoubtsPanel } from './doubts-panel.tsx';
import { EditsPanel } from './edits-panel.tsx';
import { QuarantinePanel } from './quarantine-panel.tsx';
import { type Matter, useMatters } from './use-matters.ts';

const severities: Readonly<Record<Matter['kind'], Severity>> = {
  installation: 'bad',
  parted: 'bad',
  closing: 'bad',
  over_refund: 'warn',
  silent: 'warn',
  behind: 'warn',
  negative_stock: 'info',
  transfer: 'warn',
};

/** What somebody at the head office has to decide or to look at. No till waits for it. */
export function InboxScreen(): ReactNode {
  const { t } = useTranslation('headoffice');
  const inbox = useAsk('inbox.list', {}, { every_ms: 30_000 });
  return (
    <>
      <PageHeader detail={t('inbox.hint')} title={t('nav.inbox')} />
      <Answered of={inbox}>
        {(found) => (
          <>
            {found.total === 0 && (
              <Panel>
                <EmptyState title={t('inbox.none')}>{t('inbox.noneHint')}</EmptyState>
              </Panel>
            )}
            <EditsPanel edits={found.edits} />
            <DoubtsPanel doubts={found.count_doubts} />
            <ClashesPanel inbox={found} />
            {found.total > found.quarantined + found.edits.length + found.count_doubts.length + found.clash_count && (
              <Matters inbox={found} />
            )}
            {found.quarantined > 0 && <QuarantinePanel of="unread" />}
            {found.newer > 0 && <QuarantinePanel of="newer" />}
          </>
        )}
      </Answered>
    </>
  );
}

function Matters({ inbox }: { readonly inbox: Inbox }): ReactNode {
  const { t } = useTranslation('headoffice');
  const matters = useMatters(inbox);
  const mayDecide = useMay('till.enrol');
  const decide = useCommand('till.decide_installation');
  const mayNote = useMay('product.edit');
  const note = useCommand('stock.note_transfer');
  const [, goTo] = useLocation();
  const [asked, setAsked] = useState<Inbox['installations'][number] | null>(null);
  const confirm = async (): Promise<void> => {
    if (asked === null) return;
    setAsked(null);
    await decide.run({ till: asked.till, installation: asked.installation });
  };
  return (
    <>
      <FailureNotice failure={decide.failure ?? note.failure} />
      <Panel>
        <Table<Matter>
          columns={[
            {
              id: 'what',
              title: t('inbox.what'),
              render: ({ detail, title }) => <TwoLines detail={detail} title={title} />,
              isRowName: true,
            },
            {
              id: 'where',
              title: t('inbox.where'),
              render: ({ place, till }) => <TwoLines detail={place} title={till} />,
            },
            {
              id: 'kind',
              title: t('inbox.kind'),
              render: ({ kind }) => <Chip severity={severities[kind]}>{t(`inbox.kinds.${kind}`)}</Chip>,
              width: 'narrow',
            },
            {
              id: 'act',
              title: t('inbox.decide'),
              render: ({ installation, transfer }) =>
                installation !== undefined && mayDecide ? (
                  <Button isDisabled={decide.isPending} onPress={() => setAsked(installation)} size="small">
                    {t('inbox.letSpeak')}
                  </Button>
                ) : (
                  transfer !== undefined &&
                  mayNote && (
                    <Button
                      isDisabled={note.isPending}
                      onPress={() => void note.run({ number: transfer })}
                      size="small"
                    >
                      {t('inbox.transfer.noted')}
                    </Button>
                  )
                ),
              width: 'narrow',
            },
          ]}
          hasControls
          label={t('nav.inbox')}
          onRowPress={({ page }) => goTo(page)}
          rowId={({ id }) => id}
          rows={matters}
        />
      </Panel>
      <ConfirmDialog
        confirmLabel={t('inbox.letSpeak')}
        isOpen={asked !== null}
        onCancel={() => setAsked(null)}
        onConfirm={() => void confirm()}
        title={t('inbox.letSpeakTitle', { till: asked?.till_name ?? '' })}
      >
        {t('inbox.letSpeakBody')}
      </ConfirmDialog>
    </>
  );
}
