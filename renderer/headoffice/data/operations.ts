/** Types of the head office's operations by their full names. */
import type { AnswerOf, Command, GivenTo, OperationName, Query } from '../../../shared/contract/define.ts';
import type { HeadOfficeContract } from '../../../shared/contract/headoffice.ts';

type Name = OperationName<HeadOfficeContract>;

type OperationOf<N extends Name> = N extends `${infer Noun extends keyof HeadOfficeContract & string}.${infer Verb}`
  ? Verb extends keyof HeadOfficeContract[Noun]
    ? HeadOfficeContract[Noun][Verb]
    : never
  : never;

/** What `product.list` and the like are given and answer. */
export type Given<N extends Name> = GivenTo<Extract<OperationOf<N>, Query | Command>>;
export type Answer<N extends Name> = AnswerOf<Extract<OperationOf<N>, Query | Command>>;

export type QueryName = { [N in Name]: OperationOf<N> extends Query ? N : never }[Name];
export type CommandName = { [N in Name]: OperationOf<N> extends Command ? N : never }[Name];

export type Session = Answer<'session.current'>;
export type SaleRow = Answer<'sale.list'>['sales'][number];
export type Sale = Answer<'sale.show'>;
export type Today = Answer<'report.today'>;
export type Totals = Answer<'report.totals'>;
export type TillRow = Answer<'till.list'>['tills'][number];
export type Inbox = Answer<'inbox.list'>;
export type Product = Answer<'product.show'>;
export type Category = Answer<'catalogue.categories'>['categories'][number];
export type Tax = Answer<'catalogue.taxes'>['taxes'][number];
export type Member = Answer<'staff.list'>['staff'][number];
export type Role = Answer<'staff.roles'>['roles'][number];
export type Store = Answer<'store.list'>['stores'][number];
export type OfficeUser = Answer<'user.list'>['users'][number];
export type OfficeRole = Answer<'user.list'>['roles'][number];
