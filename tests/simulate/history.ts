/** What happened at central, in the order in which it took effect: enough to play it again somewhere else. */
import type { Fields } from './central/books.ts';
import type { FieldDecision } from './central/catalogue.ts';
import type { Answered, Asked } from './central/asked.ts';

export type Deed =
  | { readonly did: 'call'; readonly till: string; readonly asked: Asked; readonly answered: Answered }
  | { readonly did: 'put'; readonly stream: string; readonly kind: string; readonly key: string; readonly row: unknown }
  | { readonly did: 'edit_product'; readonly product: string; readonly changes: Partial<Fields> }
  | ({ readonly did: 'decide_field'; readonly isDecided: boolean } & FieldDecision)
  | {
      readonly did: 'decide_doubt';
      readonly store: string;
      readonly product: string;
      readonly milli: number;
      readonly isBefore: boolean;
    }
  | { readonly did: 'make_code'; readonly code: string }
  | { readonly did: 'decide'; readonly till: string; readonly installation: string }
  | { readonly did: 'project_again'; readonly till: string; readonly seq: number }
  | { readonly did: 'back_up'; readonly backup: string }
  | {
      readonly did: 'set_back';
      readonly backup: string;
      readonly incarnation: string;
      readonly tags: ReadonlyMap<string, string>;
    };

/** With the moment in which it happened, in milliseconds of the server's clock. */
export type Done = Deed & { readonly at_ms: number };

export class History {
  readonly deeds: Done[] = [];
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  note(deed: Deed): void {
    this.deeds.push({ ...deed, at_ms: this.#now() });
  }
}
