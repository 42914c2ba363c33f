import type { Entry } from '../../../shared/journal/chain.ts';
import type { Envelope } from '../../../shared/journal/envelope.ts';
import type { Body, KindName } from '../../../shared/journal/kinds.ts';

/** What a sample's entry says; a body that names entries before it is made from the chain so far. */
export type Sample = {
  [Name in KindName]: readonly [
    name: string,
    kind: Name,
    body: Body<Name> | ((chain: readonly Entry[]) => Body<Name>),
    changes?: Partial<Envelope>,
  ];
}[KindName];
