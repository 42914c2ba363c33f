import type { headOfficeContract } from '../../shared/contract/headoffice.ts';
import type { CategoryId, ProductId, TaxId } from '../../shared/ids.ts';
import { parseMoney } from '../../shared/money/parse.ts';
import { isGtin } from '../../shared/product/gtin.ts';
import { actorOf, type CommandContext, newId } from '../context.ts';
import type { WriteDb } from '../db/transact.ts';
import { editAnswer } from '../edit-answer.ts';
import { fail } from '../failure.ts';
import type { Handlers } from '../handler.ts';
import { companyCurrency } from '../store/read.ts';
import { barcodeForms, findProduct, listProducts } from './read.ts';

/** The price in minor units of the company's currency. Fails with a `money.` code. */
async function readPrice(db: WriteDb, text: string | null): Promise<number | null> {
  if (text === null) return null;
  const currency = (await companyCurrency(db)) ?? fail('record.not_found', { noun: 'store' });
  const parsed = parseMoney(text, currency);
  if (!parsed.ok) return fail(parsed.code, { amount: text.slice(0, 32), currency });
  return parsed.value < 0 ? fail('money.negative', { amount: text.slice(0, 32) }) : parsed.value;
}

/** Fails when a category or tax that a product names is not there. */
async function checkNames(
  db: WriteDb,
  named: { readonly category?: CategoryId | null | undefined; readonly taxes?: readonly TaxId[] | undefined },
): Promise<void> {
  const { category, taxes } = named;
  if (category !== undefined && category !== null) {
    const found = await db.first('select from categories where category = $1', [category]);
    if (found === undefined) fail('record.not_found', { noun: 'category' });
  }
  if (taxes !== undefined && taxes.length > 0) {
    const missing = await db.first(
      'select from unnest($1::uuid[]) as t(tax) where tax not in (select tax from taxes)',
      [taxes],
    );
    if (missing !== undefined) fail('record.not_found', { noun: 'tax' });
  }
}

/** Fails when a barcode is no GTIN though it looks like one, comes twice (in whatever length), or is another active product's. */
async function checkBarcodes(db: WriteDb, barcodes: readonly string[] | undefined, own: ProductId | null) {
  if (barcodes === undefined) return;
  for (const barcode of barcodes) {
    // Thirteen digits are meant to be an EAN; a shop's own codes of other lengths are its own business.
    if (/^(?:\d{8}|\d{12,14})$/.test(barcode) && !isGtin(barcode)) fail('product.barcode_malformed', { barcode });
  }
  const seen = new Set<string>();
  for (const barcode of barcodes) {
    const forms = barcodeForms(barcode);
    if (forms.some((form) => seen.has(form))) fail('product.barcode_twice', { barcode });
    for (const form of forms) seen.add(form);
  }
  const other = await db.first<{ sku: string; name: string; barcodes: readonly string[] }>(
    `select sku, name, barcodes from products where barcodes && $1::text[] and active and product is distinct from $2
     limit 1`,
    [[...seen], own],
  );
  if (other === undefined) return;
  const { barcodes: taken, name, sku } = other;
  const barcode = barcodes.find((one) => barcodeForms(one).some((form) => taken.includes(form))) ?? '';
  fail('product.barcode_taken', { barcode, sku, name });
}

const lock = async ({ db }: CommandContext) => await db.run('select lock_company()');

export const productHandlers: Handlers<(typeof headOfficeContract)['product']> = {
  list: ({ db }, asked) => listProducts(db, asked),
  show: ({ db }, { product }) => findProduct(db, product),

  create: async (context, { price, ...fields }) => {
    const { db } = context;
    const price_minor = await readPrice(db, price);
    await checkNames(db, fields);
    await lock(context);
    await checkBarcodes(db, fields.barcodes, null);
    const product = newId<ProductId>(context);
    const rows = [{ product, ...fields, price_minor, active: true }];
    const values = [actorOf(context).user, JSON.stringify(rows)];
    const { answer } = await editAnswer(db, 'create_products($1, $2)', values, ['created', 'taken']);
    if (answer === 'taken') fail('product.sku_taken', { sku: fields.sku });
    return await findProduct(db, product);
  },

  edit: async (context, { product, against, changes: { price, ...changes } }) => {
    const { db } = context;
    const price_minor = price === undefined ? undefined : await readPrice(db, price);
    await checkNames(db, changes);
    await lock(context);
    const held = await findProduct(db, product);
    if (changes.active === true && !held.active) await checkBarcodes(db, changes.barcodes ?? held.barcodes, product);
    else await checkBarcodes(db, changes.barcodes, product);
    if (changes.active === true && !held.active && (changes.sku ?? held.sku) === held.sku) {
      await checkSku(db, held.sku, product);
    }
    const values = [actorOf(context).user, product, against, JSON.stringify({ ...changes, price_minor })];
    const { answer } = await editAnswer(db, 'edit_product($1, $2, $3, $4)', values, ['edited', 'taken']);
    if (answer === 'taken') fail('product.sku_taken', { sku: changes.sku ?? held.sku });
    return await findProduct(db, product);
  },
};

/** A product that comes back may find its SKU given to another in the meantime. */
async function checkSku(db: WriteDb, sku: string, own: ProductId): Promise<void> {
  const other = await db.first('select from products where sku = $1 and active and product <> $2 limit 1', [sku, own]);
  if (other !== undefined) fail('product.sku_taken', { sku });
}
