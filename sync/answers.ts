/** What central answers, parsed at the boundary. Field names as in migrations/central. */
import { z } from 'zod';
import { streams } from '../shared/feed/rows.ts';
import { hashText } from '../shared/journal/envelope.ts';

const count = z.int().min(0);

/** Where central stands in the till's journal. */
const held = { epoch: count, acked_seq: count, head_hash: hashText, server_time: z.iso.datetime() };

const refused = z.object({ answer: z.literal('refused'), reason: z.string(), seq: count.nullable(), ...held });

const gatewayAddress = z.object({ host: z.string().min(1).max(255), port: z.int().min(1).max(65535) });
/** Where tills go on through a gateway: the same certificate authority, another host and port. */
export type GatewayAddress = z.infer<typeof gatewayAddress>;

export const helloAnswer = z.discriminatedUnion('answer', [
  z.object({
    answer: z.literal('welcome'),
    /** Whether central's head and the till's are one chain; `ahead` leaves it to the till to compare. */
    chain: z.enum(['equal', 'ahead', 'behind', 'fork']),
    incarnation: z.string(),
    /** The version that the head office runs; null where it is too old to say. */
    version: z.string().nullable().optional(),
    /** `hash(0)` of the chain that central holds: over its first installation's id. */
    genesis_hash: hashText,
    /** Null or absent where there is none. */
    gateway: gatewayAddress.nullish(),
    limits: z.object({ entries: z.int().min(1), bytes: z.int().min(1), feed_rows: z.int().min(1) }),
    ...held,
  }),
  refused,
]);
export type HelloAnswer = z.infer<typeof helloAnswer>;

export const pushAnswer = z.discriminatedUnion('answer', [
  z.object({ answer: z.literal('taken'), quarantined: count, ...held }),
  z.object({ answer: z.literal('gap'), ...held }),
  z.object({ answer: z.literal('epoch'), ...held }),
  z.object({ answer: z.literal('fork'), seq: count, ...held }),
  refused,
]);
export type PushAnswer = z.infer<typeof pushAnswer>;

export const hashesAnswer = z.discriminatedUnion('answer', [
  z.object({
    answer: z.literal('hashes'),
    /** One for each number that was asked for; null where central holds no such entry. */
    hashes: z.array(hashText.nullable()),
    ...held,
  }),
  refused,
]);
export type HashesAnswer = z.infer<typeof hashesAnswer>;

export const fetchAnswer = z.discriminatedUnion('answer', [
  z.object({
    answer: z.literal('entries'),
    entries: z.array(
      z.object({
        seq: z.int().min(1),
        hash: hashText,
        /** Base64, as are the payloads: those of the entry that are there and were not erased. */
        bytes: z.base64(),
        payloads: z.array(z.base64()),
      }),
    ),
    ...held,
  }),
  refused,
]);
export type FetchAnswer = z.infer<typeof fetchAnswer>;
export type FetchedEntries = Extract<FetchAnswer, { answer: 'entries' }>;

export const pullAnswer = z.discriminatedUnion('answer', [
  z.object({
    answer: z.literal('pages'),
    pages: z.array(
      z.object({
        stream: z.enum(streams),
        tag: z.string().min(1).max(64),
        snapshot: z.enum(['begin', 'more', 'end']).nullable(),
        /** Where the page begins: the position of the cursor it answers, 0 for a snapshot's first. */
        from: count,
        position: count,
        /** Whether there is more to be had now. */
        more: z.boolean(),
        changes: z.array(z.object({ position: count, kind: z.string(), key: z.string().optional(), row: z.unknown() })),
      }),
    ),
    server_time: z.iso.datetime(),
  }),
  refused,
]);
export type PullAnswer = z.infer<typeof pullAnswer>;
export type PulledPage = Extract<PullAnswer, { answer: 'pages' }>['pages'][number];
