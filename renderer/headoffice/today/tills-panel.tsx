import { Link2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { StoreId } from '../../../shared/ids.ts';
import { EmptyState, Icon, Panel, Table, useFormat } from '../../ui/index.ts';
import { useAsk } from '../data/use-ask.ts';
import { Answered } from '../frame/section.tsx';
import { TwoLines } from '../frame/two-lines.tsx';
import { TillState, useTillDetail } from '../tills/till-state.tsx';
import s from './tills-panel.module.css';

/** Each till's head against ours, the worst first. */
export function TillsPanel({ store }: { readonly store: StoreId | null }): ReactNode {
  const { t } = useTranslation('headoffice');
  const format = useFormat();
  const [, go] = useLocation();
  const tills = useAsk('till.list', { store }, { keepsPrevious: true, every_ms: 15_000 });
  const detail = useTillDetail(tills.data?.now ?? '');
  return (
    <Panel detail={t('today.worstFirst')} title={t('nav.tills')}>
      <Answered of={tills}>
        {({ now, tills: rows }) => (
          <>
            <Table
              columns={[
                {
                  id: 'name',
                  title: t('common.till'),
                  render: (till) => <TwoLines detail={detail(till)} title={`${till.till_code} ${till.till_name}`} />,
                  isRowName: true,
                },
                {
                  id: 'theirs',
                  title: t('tills.itsHead'),
                  render: ({ reported }) => (reported === null ? '–' : format.integer(reported.seq)),
                  isFigure: true,
                },
                { id: 'ours', title: t('tills.here'), render: ({ held }) => format.integer(held.seq), isFigure: true },
                {
                  id: 'state',
                  title: t('common.state'),
                  render: (till) => <TillState now={now} till={till} />,
                  width: 'narrow',
                },
              ]}
              label={t('nav.tills')}
              onRowPress={() => go('/tills')}
              placeholder={<EmptyState title={t('tills.none')}>{t('tills.noneHint')}</EmptyState>}
              rowId={({ till }) => till}
              rows={rows.slice(0, 12)}
            />
            <p className={s['foot']}>
              <Icon icon={Link2} /> {t('today.equalHeads')}
            </p>
          </>
        )}
      </Answered>
    </Panel>
  );
}
