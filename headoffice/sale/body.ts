/** What a sale's own entry says, to be compared with the tables that the reports are made of. */
import { FormatError } from '../../shared/journal/canonical.ts';
import type { Envelope } from '../../shared/journal/envelope.ts';
import { type Body, kinds } from '../../shared/journal/kinds.ts';

type Line = Body<'sale.completed'>['lines'][number];

/** A sale or a refund, as far as both have it. */
export interface SaleBody {
  readonly sale: string;
  readonly lines: readonly Line[];
  readonly taxes: Body<'sale.completed'>['taxes'];
  readonly tenders: Body<'sale.completed'>['tenders'];
  readonly gross_minor: number;
  readonly discount_minor: number;
  readonly net_minor: number;
  readonly tax_minor: number;
  readonly total_minor: number;
  readonly rounding_minor: number;
  readonly change_minor: number;
}

/** The body of a sale's or refund's entry; undefined where it can't be read as one. */
export function readSaleBody(envelope: Envelope | undefined): SaleBody | undefined {
  if (envelope === undefined) return undefined;
  try {
    if (envelope.kind === 'sale.completed') return kinds['sale.completed'].read(envelope.body);
    if (envelope.kind !== 'refund.completed') return undefined;
    const { refund, ...body } = kinds['refund.completed'].read(envelope.body);
    return { ...body, sale: refund };
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}
