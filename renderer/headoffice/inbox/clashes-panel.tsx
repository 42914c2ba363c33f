import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Panel, Table } from '../../ui/index.ts';
import { useMay } from '../data/office-context.tsx';
import type { Inbox } from '../data/operations.ts';
import { useCommand } from '../data/use-command.ts';
import { FailureNotice } from '../frame/failure-notice.tsx';
import { TwoLines } from '../frame/two-lines.tsx';

type Clash = Inbox['clashes'][number];

/** What a shop that joined brought and the company has already: both stand as they were, until somebody tidies up or lets it be. */
export function ClashesPanel({ inbox }: { readonly inbox: Inbox }): ReactNode {
  const { t } = useTranslation('headoffice');
  const mayDecide = useMay('product.edit');
  const settle = useCommand('inbox.settle_clashes');
  const { clash_count, clashes } = inbox;
  const [first] = clashes;
  if (first === undefined) return null;
  const isOneStore = clashes.every(({ store }) => store === first.store);
  return (
    <Panel
      actions={
        mayDecide &&
        isOneStore &&
        clash_count > 1 && (
          <Button
            isPending={settle.isPending}
            onPress={() => void settle.run({ store: first.store, clashes: null })}
            size="small"
          >
            {t('clashes.leaveAll', { count: clash_count })}
          </Button>
        )
      }
      detail={t('clashes.hint')}
      title={t('clashes.title')}
    >
      <FailureNotice failure={settle.failure} />
      <Table<Clash>
        columns={[
          {
            id: 'what',
            title: t('clashes.what'),
            render: ({ kind, value }) => (
              <TwoLines detail={kind === 'record' ? '' : <bdi>{value}</bdi>} title={t(`clashes.kinds.${kind}`)} />
            ),
            isRowName: true,
          },
          {
            id: 'shops',
            title: t('clashes.shops'),
            render: ({ name, store_name }) => <TwoLines detail={store_name} title={<bdi>{name}</bdi>} />,
          },
          { id: 'ours', title: t('clashes.ours'), render: ({ other_name }) => <bdi>{other_name}</bdi> },
          {
            id: 'act',
            title: t('inbox.decide'),
            render: ({ clash, name, store }) =>
              mayDecide && (
                <Button
                  aria-label={t('clashes.leaveThis', { name })}
                  isDisabled={settle.isPending}
                  onPress={() => void settle.run({ store, clashes: [clash] })}
                  size="small"
                >
                  {t('clashes.leave')}
                </Button>
              ),
            width: 'narrow',
          },
        ]}
        hasControls
        label={t('clashes.title')}
        rowId={({ clash, store }) => `${store} ${String(clash)}`}
        rows={clashes}
      />
    </Panel>
  );
}
