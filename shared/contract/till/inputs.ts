/** Fields that several inputs share. */
import { z } from 'zod';

/**
 * An amount as a person types it, in decimal text with a point: `12.50`. The till reads it by the store's currency and
 * refuses what is negative, malformed or finer than the currency allows; so no screen has to be trusted with it.
 */
export const amountText = z.string().min(1).max(32);

/** A quantity in thousandths of the unit; what sign it may have is each operation's to say. */
export const quantity = z.int().min(-1_000_000_000).max(1_000_000_000);

/** Why something was done. */
export const reason = z.string().trim().min(1).max(200);

export const name = z.string().trim().min(1).max(200);

/** Four to eight digits. */
export const pin = z.string().max(64);

/** At most 72 bytes of UTF-8: bcrypt reads no further. */
export const password = z.string().max(1024);
