/** Limits of the journal's format. They are part of it: a reader refuses what a writer may not write. */

/** The largest entry, in bytes of UTF-8: 4 MiB. */
export const maxEntryBytes = 4 * 1024 * 1024;

/** The deepest nesting of objects and arrays, the envelope itself counted as 1. */
export const maxDepth = 32;

/** The largest private payload, in bytes of UTF-8: 64 KiB. */
export const maxPayloadBytes = 64 * 1024;

/** The most private payloads that one entry may name. */
export const maxPayloadsPerEntry = 64;
