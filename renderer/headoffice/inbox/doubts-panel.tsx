import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Panel, Table, useFormat } from '../../ui/index.ts';
import { useMay } from '../data/office-context.tsx';
import type { Inbox } from '../data/operations.ts';
import { useCommand } from '../data/use-command.ts';
import { FailureNotice } from '../frame/failure-notice.tsx';
import { TwoLines } from '../frame/two-lines.tsx';
import { Choices } from './choices.tsx';

type Doubt = Inbox['count_doubts'][number];

/** What moved so near to a count that nobody can tell which was first, with the level that each answer gives. */
export function DoubtsPanel({ doubts }: { readonly doubts: readonly Doubt[] }): ReactNode {
  const { t } = useTranslation('headoffice');
  const format = useFormat();
  const mayDecide = useMay('product.edit');
  const decide = useCommand('stock.decide_doubt');
  if (doubts.length === 0) return null;
  const say = ({ moved_milli, product, store }: Doubt, before: boolean): void =>
    void decide.run({ store, product, moved_milli, before });
  return (
    <Panel detail={t('inbox.doubts.hint')} title={t('inbox.doubts.title')}>
      <FailureNotice failure={decide.failure} />
      <Table<Doubt>
        columns={[
          {
            id: 'product',
            title: t('inbox.doubts.product'),
            render: ({ name, sku }) => <TwoLines detail={<bdi>{sku}</bdi>} title={name} />,
            isRowName: true,
          },
          {
            id: 'where',
            title: t('inbox.where'),
            render: ({ store_name, till_code, till_name }) => (
              <TwoLines detail={store_name} title={`${till_code} ${till_name}`} />
            ),
          },
          {
            id: 'counted',
            title: t('inbox.doubts.counted'),
            render: ({ counted_at, counted_milli }) => (
              <TwoLines detail={format.dateTime(counted_at)} title={format.quantity(counted_milli)} />
            ),
          },
          {
            id: 'moved',
            title: t('inbox.doubts.movedTitle'),
            render: ({ moved_milli, movements }) =>
              t('inbox.doubts.movements', { count: movements, moved: format.quantity(moved_milli) }),
          },
          {
            id: 'decide',
            title: t('inbox.doubts.levels'),
            render: (doubt) =>
              mayDecide ? (
                <Choices>
                  <Button isDisabled={decide.isPending} onPress={() => say(doubt, true)} size="small">
                    {t('inbox.doubts.before', { level: format.quantity(doubt.level_before_milli) })}
                  </Button>
                  <Button isDisabled={decide.isPending} onPress={() => say(doubt, false)} size="small">
                    {t('inbox.doubts.after', { level: format.quantity(doubt.level_after_milli) })}
                  </Button>
                </Choices>
              ) : (
                format.quantity(doubt.level_after_milli)
              ),
          },
        ]}
        label={t('inbox.doubts.title')}
        rowId={({ product, store }) => `${store} ${product}`}
        rows={doubts}
      />
    </Panel>
  );
}
