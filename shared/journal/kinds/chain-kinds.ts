/** The three kinds that the chain itself is made of. Frozen with the envelope. */
import { z } from 'zod';
import { type Uuid, uuid } from '../../ids.ts';
import { hashText } from '../envelope.ts';
import { defineKind } from '../kind.ts';

/** Where a chain stands: an entry's number and hash. */
const place = { seq: z.int().min(0), hash: hashText };

/**
 * Opens an epoch: the first entry of every chain (`first`, and only there), and the only one that may bring another
 * installation. `previous_head` is the entry before it (epoch 0, seq 0 and `hash(0)` at the very first).
 */
export const epochOpened = defineKind('epoch.opened', 1, (object) =>
  object({
    reason: z.enum(['first', 'restored', 'replaced', 'cloned', 'fork_settled']),
    previous_head: object({ epoch: z.int().min(0), ...place }),
    /** The receipt series of this epoch, another than any before: the next letter, or three random characters offline. */
    series: z.string().regex(/^[A-Z0-9]{1,3}$/),
    /**
     * Where the reason is `fork_settled`, and only there: the tail that is adopted right after this entry. `base` is the
     * last entry that both chains share (seq 0 and the other chain's `hash(0)` where they share none), `head` the fork's
     * last entry. So nothing of a fork can be left out, moved or added.
     */
    fork: object({ base: object(place), head: object(place) }).optional(),
  }),
);

/**
 * An entry of a forked chain, taken over whole, its own link kept: `hash = SHA-256(previous_hash ‖ bytes)`. Its envelope
 * names the same private payloads as the entry inside.
 */
export const adopted = defineKind('adopted', 1, (object) =>
  object({ bytes_base64: z.base64(), hash: hashText, previous_hash: hashText }),
);

/** Says that private payloads were deleted. Central remembers the hashes and refuses the payloads for ever. */
export const erased = defineKind('erased', 1, (object) =>
  object({
    subject: uuid<Uuid>(),
    payloads: z.array(hashText).min(1).max(10_000),
    /** A code (`asked`, `retention`, `mistake`), never a sentence: what is typed here could not be erased again. */
    reason: z.string().regex(/^[a-z][a-z_]{0,39}$/),
  }),
);

/** The kinds that a chain can't be followed without. There is one version of them, for ever. */
export const chainKinds = { 'epoch.opened': epochOpened, adopted, erased } as const;
