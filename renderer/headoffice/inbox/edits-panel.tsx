import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Panel, Table, useFormat } from '../../ui/index.ts';
import { useMay } from '../data/office-context.tsx';
import type { Inbox } from '../data/operations.ts';
import { useCommand } from '../data/use-command.ts';
import { FailureNotice } from '../frame/failure-notice.tsx';
import { TwoLines } from '../frame/two-lines.tsx';
import { Choices } from './choices.tsx';
import s from './edits-panel.module.css';
import { useFieldValue } from './use-field-value.ts';

type Edit = Inbox['edits'][number];

/** Fields of products that shops want otherwise than they are here: the shop's value or ours, one press each. */
export function EditsPanel({ edits }: { readonly edits: readonly Edit[] }): ReactNode {
  const { t } = useTranslation('headoffice');
  const format = useFormat();
  const mayDecide = useMay('product.edit');
  const decide = useCommand('inbox.decide_edit');
  const valueOf = useFieldValue();
  if (edits.length === 0) return null;
  const choose = ({ field, seq, till, version }: Edit, take: boolean): void =>
    void decide.run({ till, seq, field, take, against: version });
  return (
    <Panel detail={t('edits.hint')} title={t('edits.title')}>
      <FailureNotice failure={decide.failure} />
      <Table<Edit>
        columns={[
          {
            id: 'product',
            title: t('edits.product'),
            render: ({ name, sku }) => <TwoLines detail={sku} title={name} />,
            isRowName: true,
          },
          {
            id: 'field',
            title: t('edits.field'),
            render: ({ field, reason }) => (
              <TwoLines
                detail={t(`edits.why.${reason}`)}
                title={<span className={s['field']}>{t(`edits.fields.${field}`)}</span>}
              />
            ),
          },
          {
            id: 'wanted',
            title: t('edits.shops'),
            render: (edit) => (
              <b className={s['value']}>
                <bdi>{valueOf(edit, edit.wanted)}</bdi>
              </b>
            ),
          },
          {
            id: 'ours',
            title: t('edits.ours'),
            render: (edit) => (
              <b className={s['value']}>
                <bdi>{valueOf(edit, edit.ours)}</bdi>
              </b>
            ),
          },
          {
            id: 'who',
            title: t('edits.who'),
            render: ({ at, by, store_name, till_code }) => (
              <TwoLines
                detail={
                  <>
                    <bdi>{store_name}</bdi> · <bdi>{format.dateTime(at)}</bdi>
                  </>
                }
                title={
                  <>
                    {by !== null && (
                      <>
                        <bdi>{by}</bdi> ·{' '}
                      </>
                    )}
                    <bdi>{till_code}</bdi>
                  </>
                }
              />
            ),
          },
          {
            id: 'act',
            title: t('inbox.decide'),
            render: (edit) =>
              mayDecide && (
                <Choices>
                  <Button isDisabled={decide.isPending} onPress={() => choose(edit, true)} size="small">
                    {t('edits.take')}
                  </Button>
                  <Button isDisabled={decide.isPending} onPress={() => choose(edit, false)} size="small">
                    {t('edits.keep')}
                  </Button>
                </Choices>
              ),
            width: 'narrow',
          },
        ]}
        hasControls
        label={t('edits.title')}
        rowId={({ field, seq, till }) => `${till} ${String(seq)} ${field}`}
        rows={edits}
      />
    </Panel>
  );
}
