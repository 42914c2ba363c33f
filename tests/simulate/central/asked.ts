/** What a till asks of central, and what it is answered. */
import type { Cursor } from '../../../shared/feed/rows.ts';
import type { JoiningShop } from '../../../shared/joining-shop.ts';
import type { FetchAnswer, HashesAnswer, HelloAnswer, PullAnswer, PushAnswer } from '../../../sync/answers.ts';
import type { Place } from './books.ts';
import type { Candidate } from './chain.ts';

/** A shop that was its own asks to be let in. */
export interface JoinAsked {
  readonly call: 'enrol';
  readonly code: string;
  readonly installation: string;
  readonly shop: JoiningShop;
  /** Of its store's stream, should it be made now. */
  readonly tag: string;
}

export type EnrolAnswer =
  | {
      readonly answer: 'enrolled';
      readonly store: string;
      readonly till: string;
      readonly code: string;
      readonly name: string;
      readonly genesis_hash: string;
      readonly acked_seq: number;
      readonly head_hash: string;
    }
  | { readonly answer: 'used' }
  | { readonly answer: 'refused'; readonly reason: 'known' | 'till_code'; readonly detail: string };

/** What a till asks. */
export type Asked =
  | JoinAsked
  | {
      readonly call: 'hello';
      readonly installation: string;
      readonly epoch: number;
      readonly head: Place;
      readonly at: string;
    }
  | {
      readonly call: 'push';
      /** Who said hello on this connection. */
      readonly installation: string | null;
      readonly epoch: number;
      readonly from_seq: number;
      readonly entries: readonly Candidate[];
      readonly unprojected: boolean;
    }
  | {
      readonly call: 'pull';
      /** As a push's. */
      readonly installation: string | null;
      readonly cursors: { readonly company: Cursor | null; readonly store: Cursor | null };
      readonly limit: number;
    }
  | { readonly call: 'hashes'; readonly installation: string; readonly seqs: readonly number[] }
  | {
      readonly call: 'fetch';
      readonly installation: string;
      readonly after: number;
      readonly count: number;
      readonly bytes: number;
    };

export type Answered = EnrolAnswer | HelloAnswer | PushAnswer | PullAnswer | HashesAnswer | FetchAnswer;
