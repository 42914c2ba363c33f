import { Plus } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, EmptyState, Notice, Panel, Table, useFormat } from '../../ui/index.ts';
import { useMay } from '../data/office-context.tsx';
import type { Store } from '../data/operations.ts';
import { useAsk } from '../data/use-ask.ts';
import { Answered } from '../frame/section.tsx';
import { BarEnd, TabPage } from '../frame/tab-page.tsx';
import { TwoLines } from '../frame/two-lines.tsx';
import { StoreDialog } from './store-dialog.tsx';

/** The stores and what each one's tills are told. */
export function StoresPage(): ReactNode {
  const { t } = useTranslation('headoffice');
  const format = useFormat();
  const mayEdit = useMay('settings.edit');
  const stores = useAsk('store.list', {});
  const [edited, setEdited] = useState<Store | 'new' | null>(null);
  const [saved, setSaved] = useState<string | null>(null);
  return (
    <TabPage
      bar={
        mayEdit && (
          <BarEnd>
            <Button icon={Plus} onPress={() => setEdited('new')} variant="primary">
              {t('settings.newStore')}
            </Button>
          </BarEnd>
        )
      }
    >
      {saved !== null && <Notice onClose={() => setSaved(null)} severity="ok" title={saved} />}
      <Panel>
        <Answered of={stores}>
          {({ stores: rows }) => (
            <Table<Store>
              columns={[
                {
                  id: 'name',
                  title: t('common.store'),
                  render: ({ settings }) => <TwoLines detail={settings.address.join(', ')} title={settings.name} />,
                  isRowName: true,
                },
                { id: 'tills', title: t('nav.tills'), render: ({ tills }) => format.integer(tills), isFigure: true },
                { id: 'currency', title: t('common.currency'), render: ({ settings }) => settings.currency },
                { id: 'zone', title: t('settings.zone'), render: ({ settings }) => <bdi>{settings.zone}</bdi> },
                {
                  id: 'prices',
                  title: t('settings.prices'),
                  render: ({ settings }) => t(settings.prices_include_tax ? 'settings.withTax' : 'settings.withoutTax'),
                },
              ]}
              label={t('settings.stores')}
              {...(mayEdit ? { onRowPress: setEdited } : {})}
              placeholder={<EmptyState title={t('settings.noStores')}>{t('settings.noStoresHint')}</EmptyState>}
              rowId={({ store }) => store}
              rows={rows}
            />
          )}
        </Answered>
      </Panel>
      {edited !== null && (
        <StoreDialog
          onClose={() => setEdited(null)}
          onSaved={(words) => {
            setEdited(null);
            setSaved(words);
          }}
          store={edited === 'new' ? null : edited}
        />
      )}
    </TabPage>
  );
}
