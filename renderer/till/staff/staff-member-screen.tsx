import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { StaffId } from '../../../shared/ids.ts';
import { EmptyState, ErrorState, LoadingState, PageHeader } from '../../ui/index.ts';
import { useAsk } from '../data/use-ask.ts';
import { useErrorText } from '../frame/failure-text.ts';
import { useAtTheTill } from '../frame/session-context.tsx';
import { StaffForm } from './staff-form.tsx';
import s from '../frame/page.module.css';

/** One member of staff: to add, to change, or only to look at. */
export function StaffMemberScreen({ member }: { readonly member: StaffId | null }): ReactNode {
  const { t } = useTranslation('staff');
  const { can } = useAtTheTill();
  const [, goTo] = useLocation();
  const errorText = useErrorText();
  const mayView = can('staff.view');
  const list = useAsk('staff.list', {}, { isEnabled: mayView });
  const roles = useAsk('staff.roles', {}, { isEnabled: mayView });
  const error = list.error ?? roles.error;
  const back = (): void => goTo('/staff');
  const found = list.data?.staff.find(({ staff }) => staff === member);
  if (list.data === undefined || roles.data === undefined || (member !== null && found === undefined)) {
    return (
      <div className={s['page']}>
        <PageHeader onBack={back} title={t('form.show')} />
        {error !== null ? (
          <ErrorState onRetry={() => void list.refetch()} title={t('failed')}>
            {errorText(error)}
          </ErrorState>
        ) : !mayView ? (
          <EmptyState title={t('mayNot')} />
        ) : list.data === undefined || roles.data === undefined ? (
          <LoadingState>{t('loading')}</LoadingState>
        ) : (
          <EmptyState title={t('none')} />
        )}
      </div>
    );
  }
  return <StaffForm isReadOnly={list.data.read_only} member={found ?? null} onBack={back} roles={roles.data.roles} />;
}
