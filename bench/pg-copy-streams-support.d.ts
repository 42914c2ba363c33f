/** What we use of `pg-copy-streams`, which brings no types: queries that are streams of COPY's data. */
declare module 'pg-copy-streams' {
  import type { Submittable } from 'pg';
  import type { Readable, Writable } from 'node:stream';

  /** `COPY … FROM STDIN`: what is written to it becomes rows. */
  export function from(sql: string): Writable & Submittable;
  /** `COPY … TO STDOUT`: rows are read from it, as chunks of bytes. */
  export function to(sql: string): Readable & Submittable & AsyncIterable<Buffer>;
}
