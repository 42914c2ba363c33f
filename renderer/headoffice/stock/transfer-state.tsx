import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Chip, type Severity } from '../../ui/index.ts';
import type { Answer } from '../data/operations.ts';

type Transfer = Answer<'stock.transfers'>['transfers'][number];

const severities: Readonly<Record<Transfer['state'], Severity>> = {
  on_the_way: 'warn',
  partly: 'warn',
  received: 'ok',
  cancelled: 'info',
};

/** Where a transfer is; what is not as it was sent says so instead. */
export function TransferState({ of }: { readonly of: Pick<Transfer, 'state' | 'difference' | 'is_noted'> }): ReactNode {
  const { t } = useTranslation('headoffice');
  const { difference, is_noted, state } = of;
  if (difference !== null && !is_noted)
    return <Chip severity="bad">{t(`stock.transfers.differences.${difference}`)}</Chip>;
  return <Chip severity={severities[state]}>{t(`stock.transfers.states.${state}`)}</Chip>;
}
