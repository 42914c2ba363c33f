/** Fields that several kinds share. */
import { z } from 'zod';
import { maxAmountMinor } from '../../money/minor.ts';

/** An amount in minor units of the entry's currency; negative where money goes out. */
export const minor = z.int().min(-maxAmountMinor).max(maxAmountMinor);
/** An amount that can't be negative. */
export const positiveMinor = z.int().min(0).max(maxAmountMinor);
/** A sum of amounts, of a whole shift: as large as the format's numbers go. */
export const sumMinor = z.int();
/** A quantity in thousandths of the product's unit. */
export const milli = z.int();
/** A rate in millionths: 20 % is 200 000. */
export const millionths = z.int().min(0).max(10_000_000);
export const reason = z.string().min(1).max(200);
export const shortName = z.string().min(1).max(200);
export const sku = z.string().min(1).max(64);
/** What a product is counted in. */
export const units = ['piece', 'kg', 'g', 'l', 'm', 'm2', 'h'] as const;
export const unit = z.enum(units);
/** The version of a record that an edit was made against: 1 when created, one more with each edit. */
export const recordVersion = z.int().min(1);
