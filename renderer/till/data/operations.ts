/** Types of the till's operations by their full names. */
import type { AnswerOf, Command, GivenTo, OperationName, Query } from '../../../shared/contract/define.ts';
import type { TillContract } from '../../../shared/contract/till.ts';

type Name = OperationName<TillContract>;

/** The declaration behind `basket.scan`. */
export type OperationOf<N extends Name> = N extends `${infer Noun extends keyof TillContract & string}.${infer Verb}`
  ? Verb extends keyof TillContract[Noun]
    ? TillContract[Noun][Verb]
    : never
  : never;

/** What `product.search` and the like are given and answer. */
export type Given<N extends Name> = GivenTo<Extract<OperationOf<N>, Query | Command>>;
export type Answer<N extends Name> = AnswerOf<Extract<OperationOf<N>, Query | Command>>;

export type QueryName = { [N in Name]: OperationOf<N> extends Query ? N : never }[Name];
export type CommandName = { [N in Name]: OperationOf<N> extends Command ? N : never }[Name];

export type Basket = Answer<'basket.current'>;
export type BasketLineAnswer = Basket['lines'][number];
export type ProductHit = Answer<'product.search'>['products'][number];
export type Product = Answer<'product.show'>;
export type Decision = Answer<'product.decisions'>['decisions'][number];
export type Category = Answer<'catalogue.categories'>['categories'][number];
export type Tax = Answer<'catalogue.taxes'>['taxes'][number];
export type Sale = Answer<'sale.show'>;
export type SaleRow = Answer<'sale.list'>['sales'][number];
export type StaffMember = Answer<'staff.list'>['staff'][number];
export type Role = Answer<'staff.roles'>['roles'][number];
export type ShiftReport = Answer<'shift.report'>;
export type SetupStatus = Answer<'setup.status'>;
export type StoreSettings = NonNullable<SetupStatus['settings']>;
export type SyncStatus = Answer<'sync.status'>;
export type ClosedShiftRow = Answer<'shift.list'>['shifts'][number];
export type SyncDetails = Answer<'sync.details'>;
export type Session = Answer<'session.current'>;
export type StockRow = Answer<'stock.list'>['products'][number];
export type OpenTake = NonNullable<Answer<'stock_take.current'>['take']>;
export type SheetLine = Answer<'stock_take.lines'>['lines'][number];
export type StockDifference = Answer<'stock_take.show'>['lines'][number];
