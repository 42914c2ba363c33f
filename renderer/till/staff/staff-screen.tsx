import { UserPlus } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import {
  Button,
  Checkbox,
  Chip,
  EmptyState,
  ErrorState,
  LoadingState,
  Notice,
  PageHeader,
  Panel,
  Table,
} from '../../ui/index.ts';
import { useAsk } from '../data/use-ask.ts';
import { useErrorText } from '../frame/failure-text.ts';
import { useAtTheTill } from '../frame/session-context.tsx';
import { useRoleName } from './role-name.ts';
import s from '../frame/page.module.css';

/** Everybody who works here, or did. */
export function StaffScreen(): ReactNode {
  const { t } = useTranslation('staff');
  const { can } = useAtTheTill();
  const errorText = useErrorText();
  const roleName = useRoleName();
  const [, goTo] = useLocation();
  const mayView = can('staff.view');
  const list = useAsk('staff.list', {}, { isEnabled: mayView });
  const roles = useAsk('staff.roles', {}, { isEnabled: mayView });
  const [withInactive, setWithInactive] = useState(false);
  const isReadOnly = list.data?.read_only ?? true;
  const people = (list.data?.staff ?? []).filter(({ active }) => active || withInactive);
  return (
    <div className={s['page']}>
      <PageHeader
        actions={
          !isReadOnly &&
          can('staff.edit') && (
            <Button icon={UserPlus} onPress={() => goTo('/staff/new')} variant="primary">
              {t('new')}
            </Button>
          )
        }
        onBack={() => goTo('/')}
        title={t('title')}
      />
      {list.data?.read_only === true && (
        <Notice severity="info" title={t('readOnly')}>
          {t('readOnlyHint')}
        </Notice>
      )}
      <Panel isFilling label={t('title')}>
        <Table
          columns={[
            { id: 'name', title: t('name'), isRowName: true, width: 'wide', render: ({ name }) => name },
            { id: 'login', title: t('login'), render: ({ login }) => <bdi>{login}</bdi> },
            {
              id: 'roles',
              title: t('roles'),
              render: ({ roles: held }) =>
                held.map((id) => roleName(roles.data?.roles.find(({ role }) => role === id))).join(', '),
            },
            {
              id: 'signIn',
              title: t('signIn'),
              render: ({ has_password, has_pin }) =>
                [...(has_pin ? [t('pin')] : []), ...(has_password ? [t('password')] : [])].join(', ') || t('nothing'),
            },
            {
              id: 'state',
              title: t('state'),
              render: ({ active }) => (
                <Chip severity={active ? 'ok' : 'info'}>{active ? t('active') : t('inactive')}</Chip>
              ),
            },
          ]}
          isFaded={({ active }) => !active}
          isRoomy
          label={t('title')}
          onRowPress={({ staff }) => goTo(`/staff/${staff}`)}
          placeholder={
            list.error !== null ? (
              <ErrorState onRetry={() => void list.refetch()} title={t('failed')}>
                {errorText(list.error)} {t('failedHint')}
              </ErrorState>
            ) : !mayView ? (
              <EmptyState title={t('mayNot')} />
            ) : list.data === undefined ? (
              <LoadingState>{t('loading')}</LoadingState>
            ) : (
              <EmptyState title={t('none')} />
            )
          }
          rowId={({ staff }) => staff}
          rows={people}
        />
        <footer className={s['foot']}>
          <Checkbox isSelected={withInactive} onChange={setWithInactive}>
            {t('inactiveToo')}
          </Checkbox>
        </footer>
      </Panel>
    </div>
  );
}
