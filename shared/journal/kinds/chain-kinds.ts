/** The three kinds that the chain itself is made of. Frozen with the envelope. */
import { z } from 'zod';
import { type Uuid, uuid } from '../../ids.ts';
import { hashText } from '../envelope.ts';
import { defineKind } from '../kind.ts';

/**
 * Opens an epoch: the first entry of every chain, and the only one that may bring another installation.
 * `previous_head` is the entry before it (seq 0 and `hash(0)` at the very first).
 */
export const epochOpened = defineKind('epoch.opened', 1, (object) =>
  object({
    reason: z.enum(['first', 'restored', 'replaced', 'cloned', 'fork_settled']),
    previous_head: object({ epoch: z.int().min(0), seq: z.int().min(0), hash: hashText }),
    /** The receipt series of this epoch: the next letter, or three random characters when it opens offline. */
    series: z.string().regex(/^[A-Z0-9]{1,3}$/),
  }),
);

/** An entry of a forked chain, taken over whole. Its own hash and predecessor are kept, so that it stays provable. */
export const adopted = defineKind('adopted', 1, (object) =>
  object({ bytes_base64: z.base64(), hash: hashText, previous_hash: hashText }),
);

/** Says that private payloads were deleted. Central remembers the hashes and refuses the payloads for ever. */
export const erased = defineKind('erased', 1, (object) =>
  object({
    subject: uuid<Uuid>(),
    payloads: z.array(hashText).min(1).max(10_000),
    reason: z.string().min(1).max(200),
  }),
);
