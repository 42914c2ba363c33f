import type { UseQueryResult } from '@tanstack/react-query';
import type { SaleId } from '../../../shared/ids.ts';
import type { Sale } from '../data/operations.ts';
import { useAsk } from '../data/use-ask.ts';

// Canonical text of the nil UUID. It only stands in the place of an unchosen sale, and is never asked for.
const nobody = '00000000-0000-0000-0000-000000000000' as SaleId;

/** A completed sale or refund; without one, nothing is asked. */
export function useSale(sale: SaleId | null): UseQueryResult<Sale> {
  return useAsk('sale.show', { sale: sale ?? nobody }, { isEnabled: sale !== null });
}
