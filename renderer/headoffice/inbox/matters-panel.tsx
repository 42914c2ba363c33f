import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { Button, Chip, ConfirmDialog, Panel, type Severity, Table } from '../../ui/index.ts';
import { useMay } from '../data/office-context.tsx';
import type { Inbox } from '../data/operations.ts';
import { useCommand } from '../data/use-command.ts';
import { FailureNotice } from '../frame/failure-notice.tsx';
import { TwoLines } from '../frame/two-lines.tsx';
import { Choices } from './choices.tsx';
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

/** What may be decided about a PC that asks to speak for a till. */
interface Asked {
  readonly installation: Inbox['installations'][number];
  readonly decision: 'letSpeak' | 'passOver';
}

/** What is the matter with tills, closings, refunds, transfers and stock, each with what can be done about it. */
export function MattersPanel({ inbox }: { readonly inbox: Inbox }): ReactNode {
  const { t } = useTranslation('headoffice');
  const matters = useMatters(inbox);
  const mayDecide = useMay('till.enrol');
  const letSpeak = useCommand('till.decide_installation');
  const passOver = useCommand('till.pass_over');
  const mayNoteTransfers = useMay('product.edit');
  const noteTransfer = useCommand('stock.note_transfer');
  const mayNote = useMay('report.view');
  const note = useCommand('inbox.note');
  const noteClosed = useCommand('store.note_closed');
  const [, goTo] = useLocation();
  const [asked, setAsked] = useState<Asked | null>(null);
  const isDeciding = letSpeak.isPending || passOver.isPending;
  const isNoting = noteTransfer.isPending || note.isPending;

  const confirm = async ({ decision, installation: of }: Asked): Promise<void> => {
    setAsked(null);
    const { installation, till } = of;
    await (decision === 'letSpeak'
      ? letSpeak.run({ till, installation })
      : passOver.run({ till, installation, reported_seq: of.reported_seq ?? 0 }));
  };

  const lookedAt = (onPress: () => void): ReactNode => (
    <Button isDisabled={isNoting} onPress={onPress} size="small">
      {t('inbox.noted')}
    </Button>
  );

  const act = ({ closed, installation, note: noted, transfer }: Matter): ReactNode => {
    if (installation !== undefined && mayDecide)
      return (
        <Choices>
          <Button isDisabled={isDeciding} onPress={() => setAsked({ installation, decision: 'passOver' })} size="small">
            {t('inbox.passOver')}
          </Button>
          <Button isDisabled={isDeciding} onPress={() => setAsked({ installation, decision: 'letSpeak' })} size="small">
            {t('inbox.letSpeak')}
          </Button>
        </Choices>
      );
    if (transfer !== undefined && mayNoteTransfers) return lookedAt(() => void noteTransfer.run({ number: transfer }));
    if (closed !== undefined && mayNote)
      return (
        <Button
          isDisabled={noteClosed.isPending}
          onPress={() => void noteClosed.run({ store: closed.store, day: closed.day })}
          size="small"
        >
          {t('inbox.closedToday')}
        </Button>
      );
    return noted !== undefined && mayNote && lookedAt(() => void note.run(noted));
  };

  return (
    <>
      <FailureNotice
        failure={letSpeak.failure ?? passOver.failure ?? noteTransfer.failure ?? note.failure ?? noteClosed.failure}
      />
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
            { id: 'act', title: t('inbox.decide'), render: act, width: 'narrow' },
          ]}
          hasControls
          label={t('nav.inbox')}
          onRowPress={({ page }) => goTo(page)}
          rowId={({ id }) => id}
          rows={matters}
        />
      </Panel>
      {asked !== null && (
        <ConfirmDialog
          confirmLabel={t(`inbox.${asked.decision}`)}
          isOpen
          onCancel={() => setAsked(null)}
          onConfirm={() => void confirm(asked)}
          title={t(`inbox.${asked.decision}Title`, { till: asked.installation.till_name })}
        >
          {t(`inbox.${asked.decision}Body`)}
        </ConfirmDialog>
      )}
    </>
  );
}
