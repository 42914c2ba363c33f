import { Plus } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { TaxId } from '../../../shared/ids.ts';
import { Button, Dialog, EmptyState, Panel, Switch, Table, TextField, useFormat } from '../../ui/index.ts';
import { newId } from '../../line/line.ts';
import { useMay } from '../data/office-context.tsx';
import type { Tax } from '../data/operations.ts';
import { useAsk } from '../data/use-ask.ts';
import { useCommand } from '../data/use-command.ts';
import { FormGrid } from '../frame/columns.tsx';
import { FailureNotice } from '../frame/failure-notice.tsx';
import { Answered } from '../frame/section.tsx';
import { BarEnd, TabPage } from '../frame/tab-page.tsx';

/** The taxes. What was sold keeps the rate that it was sold with. */
export function TaxesPage(): ReactNode {
  const { t } = useTranslation('products');
  const format = useFormat();
  const mayEdit = useMay('product.edit');
  const taxes = useAsk('catalogue.taxes', {});
  const [edited, setEdited] = useState<Tax | null>(null);
  const add = (): void => setEdited({ tax: newId<TaxId>(), code: '', name: '', rate_millionths: 0, active: true });
  return (
    <TabPage
      bar={
        mayEdit && (
          <BarEnd>
            <Button icon={Plus} onPress={add} variant="primary">
              {t('categories.newTax')}
            </Button>
          </BarEnd>
        )
      }
    >
      <Panel>
        <Answered of={taxes}>
          {({ taxes: rows }) => (
            <Table<Tax>
              columns={[
                { id: 'code', title: t('categories.code'), render: ({ code }) => <bdi>{code}</bdi>, width: 'narrow' },
                { id: 'name', title: t('categories.name'), render: ({ name }) => name, isRowName: true },
                {
                  id: 'rate',
                  title: t('categories.rate'),
                  render: ({ rate_millionths }) => format.rate(rate_millionths),
                  isFigure: true,
                },
                { id: 'state', title: t('state'), render: ({ active }) => t(active ? 'active' : 'retired') },
              ]}
              isFaded={({ active }) => !active}
              label={t('categories.taxes')}
              {...(mayEdit ? { onRowPress: setEdited } : {})}
              placeholder={<EmptyState title={t('categories.noTaxes')} />}
              rowId={({ tax }) => tax}
              rows={rows}
            />
          )}
        </Answered>
      </Panel>
      {edited !== null && <TaxDialog onClose={() => setEdited(null)} tax={edited} />}
    </TabPage>
  );
}

function TaxDialog({ onClose, tax }: { readonly tax: Tax; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation('products');
  const format = useFormat();
  const record = useCommand('catalogue.record_tax');
  const [form, setForm] = useState(tax);
  // The formatter's percentage without its sign is what the field reads back.
  const [rate, setRate] = useState(() =>
    format.rate(tax.rate_millionths).replaceAll(/[%\s\u00a0\u066a\u061c\u200e\u200f]/g, ''),
  );
  const read = format.readRate(rate);
  const isRate = read.ok && read.value >= 0;
  const isReady = isRate && form.name.trim() !== '' && form.code.trim() !== '';
  const save = async (): Promise<void> => {
    if (!isReady || !read.ok) return;
    const result = await record.run({ ...form, rate_millionths: read.value });
    if (result.ok) onClose();
  };
  return (
    <Dialog
      actions={
        <Button isDisabled={!isReady} isPending={record.isPending} onPress={() => void save()} variant="primary">
          {t('categories.save')}
        </Button>
      }
      isOpen
      onClose={onClose}
      title={tax.name === '' ? t('categories.newTax') : tax.name}
    >
      <FailureNotice failure={record.failure} />
      <FormGrid>
        <TextField
          autoFocus
          isRequired
          label={t('categories.name')}
          maxLength={200}
          onChange={(name) => setForm({ ...form, name })}
          path="name"
          value={form.name}
        />
        <TextField
          isCode
          isRequired
          label={t('categories.code')}
          maxLength={8}
          onChange={(code) => setForm({ ...form, code })}
          path="code"
          value={form.code}
        />
        <TextField
          {...(isRate || rate === '' ? {} : { error: t('categories.notARate') })}
          after="%"
          inputMode="text"
          isCode
          isRequired
          label={t('categories.rate')}
          maxLength={12}
          onChange={setRate}
          onSubmit={() => void save()}
          path="rate_millionths"
          value={rate}
        />
        <Switch isSelected={form.active} onChange={(active) => setForm({ ...form, active })}>
          {t('categories.isActive')}
        </Switch>
      </FormGrid>
    </Dialog>
  );
}
