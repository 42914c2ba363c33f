import type { headOfficeContract } from '../../shared/contract/headoffice.ts';
import type { Handlers } from '../handler.ts';
import { listSales } from './list.ts';
import { showSale } from './show.ts';

export const saleHandlers: Handlers<(typeof headOfficeContract)['sale']> = {
  list: ({ db }, asked) => listSales(db, asked),
  show: ({ db }, { store, sale }) => showSale(db, store, sale),
};
