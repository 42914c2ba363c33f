/** Everything that the head office's console may ask of its server. */
import { catalogue, product } from './headoffice/catalogue.ts';
import { inbox } from './headoffice/inbox.ts';
import { staff, user } from './headoffice/people.ts';
import { report } from './headoffice/report.ts';
import { journal, sale } from './headoffice/sale.ts';
import { session, sync } from './headoffice/session.ts';
import { stock } from './headoffice/stock.ts';
import { store } from './headoffice/store.ts';
import { support } from './headoffice/support.ts';
import { enrolment, quarantine, tillOperations } from './headoffice/till.ts';

export const headOfficeContract = {
  session,
  sync,
  sale,
  journal,
  report,
  till: tillOperations,
  quarantine,
  inbox,
  product,
  catalogue,
  staff,
  stock,
  store,
  enrolment,
  user,
  support,
} as const;

export type HeadOfficeContract = typeof headOfficeContract;
