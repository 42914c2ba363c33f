/** What somebody has looked at leaves the inbox until something else is the matter with it. */
import type { z } from 'zod';
import type { note } from '../../shared/contract/headoffice/inbox.ts';

/** What `inbox.note` is to be asked with. */
export type Note = z.output<typeof note>;

/** SQL: which kind of matter, which one in its kind, and what is the matter with it. */
interface Noted {
  readonly matter: Note['matter'];
  readonly subject: string;
  readonly seen: string;
}

/** A closing that does not agree: of `closing_checks k`, and the till `t`. */
export const closing = {
  matter: 'closing',
  subject: "concat(t.till, ' ', k.seq)",
  seen: 'md5(k.differences::text)',
} as const;

/** An entry that could not be read: of `quarantined_entries q`, and the till `t`. */
export const putAside = { matter: 'quarantined', subject: "concat(t.till, ' ', q.seq)", seen: 'q.code' } as const;

export const noteOf = ({ matter, seen, subject }: Noted) =>
  `jsonb_build_object('matter', '${matter}', 'subject', ${subject}, 'seen', ${seen})`;

export const isUnnoted = ({ matter, seen, subject }: Noted) =>
  `not exists (select from noted_matters n
    where n.matter = '${matter}' and n.subject = ${subject} and n.seen = ${seen})`;
