import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Chip, EmptyState, Panel, Table, useFormat } from '../../ui/index.ts';
import { useAsk } from '../data/use-ask.ts';
import { useCommand } from '../data/use-command.ts';
import { FailureNotice } from '../frame/failure-notice.tsx';
import { Answered } from '../frame/section.tsx';
import { TwoLines } from '../frame/two-lines.tsx';

/** The codes that are open or were used lately. Their secrets are kept nowhere. */
export function CodesPanel(): ReactNode {
  const { t } = useTranslation('headoffice');
  const format = useFormat();
  const codes = useAsk('enrolment.list', {}, { every_ms: 30_000 });
  const cancel = useCommand('enrolment.cancel');
  // The list is asked anew twice a minute; what ran out in between is told by the server's refusal.
  const now = codes.dataUpdatedAt;
  return (
    <Panel title={t('enrol.codes')}>
      <FailureNotice failure={cancel.failure} />
      <Answered of={codes}>
        {({ codes: rows }) => (
          <Table
            columns={[
              {
                id: 'till',
                title: t('common.till'),
                render: ({ is_history, store_name, till_code, till_name }) => (
                  <TwoLines
                    detail={
                      is_history && store_name !== null ? t('enrol.withHistory', { store: store_name }) : store_name
                    }
                    title={till_code === null ? t('enrol.aShop') : `${till_code} ${till_name ?? ''}`}
                  />
                ),
                isRowName: true,
              },
              {
                id: 'state',
                title: t('common.state'),
                render: ({ expires_at, used_at }) =>
                  used_at !== null ? (
                    <Chip severity="ok">{t('enrol.used')}</Chip>
                  ) : Date.parse(expires_at) <= now ? (
                    <Chip severity="info">{t('enrol.expired')}</Chip>
                  ) : (
                    <TwoLines
                      detail={t('enrol.until', { time: format.dateTime(expires_at) })}
                      title={<Chip severity="warn">{t('enrol.open')}</Chip>}
                    />
                  ),
              },
              {
                id: 'cancel',
                title: t('enrol.withdraw'),
                render: ({ expires_at, login, used_at }) =>
                  used_at === null &&
                  Date.parse(expires_at) > now && (
                    <Button isDisabled={cancel.isPending} onPress={() => void cancel.run({ login })} size="small">
                      {t('enrol.withdraw')}
                    </Button>
                  ),
                width: 'narrow',
              },
            ]}
            hasControls
            label={t('enrol.codes')}
            placeholder={<EmptyState title={t('enrol.noCodes')} />}
            rowId={({ login }) => login}
            rows={rows}
          />
        )}
      </Answered>
    </Panel>
  );
}
