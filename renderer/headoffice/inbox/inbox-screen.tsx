import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState, PageHeader, Panel } from '../../ui/index.ts';
import { useAsk } from '../data/use-ask.ts';
import { Answered } from '../frame/section.tsx';
import { ClashesPanel } from './clashes-panel.tsx';
import { DoubtsPanel } from './doubts-panel.tsx';
import { EditsPanel } from './edits-panel.tsx';
import { MattersPanel } from './matters-panel.tsx';
import { QuarantinePanel } from './quarantine-panel.tsx';

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
              <MattersPanel inbox={found} />
            )}
            <QuarantinePanel of="unread" />
            {found.newer > 0 && <QuarantinePanel of="newer" />}
          </>
        )}
      </Answered>
    </>
  );
}
