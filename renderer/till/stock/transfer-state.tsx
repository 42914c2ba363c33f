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

/** Where a transfer is. */
export function TransferState({ state }: { readonly state: State }): ReactNode {
  const { t } = useTranslation('stock');
  return <Chip severity={severities[state]}>{t(`transfers.states.${state}`)}</Chip>;
}
