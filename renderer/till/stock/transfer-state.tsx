import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Chip, type Severity } from '../../ui/index.ts';
import type { Answer } from '../data/operations.ts';

type State = Answer<'transfer.show'>['state'];

const severities: Readonly<Record<State, Severity>> = {
  on_the_way: 'warn',
  partly: 'warn',
  received: 'ok',
  cancelled: 'info',
};

/** Where a transfer is; one that has come and is not as it was sent says so instead. */
export function TransferState({
  of,
}: {
  readonly of: { readonly state: State; readonly differs: boolean };
}): ReactNode {
  const { t } = useTranslation('stock');
  const { differs, state } = of;
  if (differs && state !== 'partly')
    return (
      <Chip severity="bad">{t(state === 'cancelled' ? 'transfers.cancelledYetArrived' : 'transfers.notAsSent')}</Chip>
    );
  return <Chip severity={severities[state]}>{t(`transfers.states.${state}`)}</Chip>;
}
