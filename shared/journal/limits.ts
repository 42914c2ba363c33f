/** Limits of the journal's format. They are part of it: a reader refuses what a writer may not write. */

/** The largest entry, in bytes of UTF-8: 4 MiB. */
export const maxEntryBytes = 4 * 1024 * 1024;

/**
 * The largest entry of any kind but `adopted`: 2 MiB. An adopted entry holds another one in base64, which makes it a third
 * longer; so whatever a till writes can be adopted, and adopted again when that chain was forked in turn.
 */
export const maxOwnEntryBytes = 2 * 1024 * 1024;

/** The longest name of a field: lower-case letters, digits and underscores, a letter first. */
export const maxKeyLength = 64;

/** The largest of the small counts (epoch, version, n): what an integer column of 32 bits holds on either side. */
export const maxSmallCount = 2_147_483_647;

/** The deepest nesting of objects and arrays, the envelope itself counted as 1. */
export const maxDepth = 32;

/** The largest private payload, in bytes of UTF-8: 64 KiB. */
export const maxPayloadBytes = 64 * 1024;

/** The most private payloads that one entry may name. */
export const maxPayloadsPerEntry = 64;
