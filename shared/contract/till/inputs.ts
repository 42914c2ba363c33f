/** Fields that several inputs share. What no text of any input may hold is `parseInput`'s to refuse (define.ts). */
import { z } from 'zod';
import { storeSettings } from '../../journal/kinds/store-kinds.ts';
import { isPlainLine, plainSearch } from '../../text.ts';

/** One line that is kept, from 1 to `most` UTF-16 units, without white space around it. */
const line = (most: number) => z.string().trim().min(1).max(most).refine(isPlainLine);

/** What is looked for and kept nowhere: signs that no line holds count as spaces. */
export const searchText = (most: number) => z.string().max(most).overwrite(plainSearch);

/**
 * An amount as a person types it, in decimal text with a point: `12.50`. The till reads it by the store's currency and
 * refuses what is negative, malformed or finer than the currency allows; so no screen has to be trusted with it.
 */
export const amountText = z.string().min(1).max(32);

/** A quantity in thousandths of the unit; what sign it may have is each operation's to say. */
export const quantity = z.int().min(-1_000_000_000).max(1_000_000_000);

/** Why something was done. */
export const reason = line(200);

/** In Unicode's composed form, so that the same name typed on two systems is the same text. */
export const name = z.string().trim().normalize('NFC').min(1).max(200).refine(isPlainLine);

/** What somebody signs in with. */
export const login = line(100);

/** The shop's own number of a product. Case is part of it: `22423A` and `22423a` are two. */
export const sku = line(64);

/** Printed beside each line that a tax applies to: `A`. */
export const taxCode = line(8);

/** A barcode that a product is known by. What a scanner sends is a {@link searchText}. */
export const barcode = line(80);

/** Four to eight digits. */
export const pin = z.string().max(64);

/** At most 72 bytes of UTF-8: bcrypt reads no further. */
export const password = z.string().max(1024);

const { address, name: storeName, tax_number } = storeSettings.shape;

/** The store's settings as somebody typed them: nothing is trimmed, so that they come back as they were sent. */
export const settingsTyped = z.strictObject({
  ...storeSettings.shape,
  name: storeName.refine(isPlainLine),
  address: z.array(address.element.refine(isPlainLine)).max(6),
  tax_number: tax_number.unwrap().refine(isPlainLine).nullable(),
});

/** What somebody proves with who they are. */
export const credential = z.strictObject({ kind: z.enum(['pin', 'password']), secret: z.string().min(1).max(1024) });
