/** Products as the catalogue shows them, in the order of names and read on by key. */
import type { InputOf, OutputOf } from '../../shared/contract/define.ts';
import type { headOfficeContract } from '../../shared/contract/headoffice.ts';
import type { ProductId } from '../../shared/ids.ts';
import { isUuid } from '../../shared/ids.ts';
import { normaliseGtin } from '../../shared/product/gtin.ts';
import type { ReadDb } from '../db/transact.ts';
import { fail } from '../failure.ts';
import { Conditions, exactly } from '../sql.ts';

type Product = OutputOf<(typeof headOfficeContract)['product']['show']>;
type Asked = InputOf<(typeof headOfficeContract)['product']['list']>;

const columns = `p.product, p.version, p.sku, p.name, p.unit, p.price_minor, p.category, p.taxes, p.barcodes, p.stocked,
  p.active, p.edited_at, case when p.stocked then (select ${exactly('coalesce(sum(h.level_milli), 0)')} from stores s
    join stock_on_hand h on h.store_id = s.store_id and h.product = p.product) end as stock_milli`;

/** One product. Fails with `record.not_found`. */
export async function findProduct(db: ReadDb, product: ProductId): Promise<Product> {
  const row = await db.first<Product>(`select ${columns} from products p where p.product = $1`, [product]);
  return row ?? fail('record.not_found');
}

interface Row extends Product {
  readonly name_key: string;
}

/** One page of the catalogue, and where the next one begins. */
export async function listProducts(db: ReadDb, asked: Asked) {
  const conditions = new Conditions();
  if (!asked.include_inactive) conditions.addPlain('p.active');
  if (asked.category !== null) conditions.add('p.category = ?', asked.category);
  addSearch(conditions, asked.text);
  if (asked.after !== null) {
    const { name, product } = readKey(asked.after);
    conditions.addPlain(`(lower(p.name), p.product) > (${conditions.value(name)}, ${conditions.value(product)}::uuid)`);
  }
  const rows = await db.rows<Row>(
    `select ${columns}, lower(p.name) as name_key from products p${conditions.where}
     order by lower(p.name), p.product limit ${asked.limit + 1}`,
    conditions.values,
  );
  const shown = rows.slice(0, asked.limit);
  const last = shown.at(-1);
  return {
    products: shown.map(withoutKey),
    next:
      rows.length > shown.length && last !== undefined
        ? Buffer.from(JSON.stringify([last.name_key, last.product])).toString('base64url')
        : null,
  };
}

function withoutKey(row: Row): Product {
  const { name_key: _key, ...product } = row;
  return product;
}

/** A word of the name, the start of a SKU, or a barcode in any of the forms in which a GTIN is written. */
function addSearch(conditions: Conditions, text: string): void {
  if (text === '') return;
  const like = text.toLowerCase().replaceAll(/[\\%_]/g, String.raw`\$&`);
  const start = conditions.value(`${like}%`);
  const word = conditions.value(`% ${like}%`);
  const sku = conditions.value(`${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`);
  const codes = conditions.value(barcodeForms(text));
  conditions.addPlain(
    `(lower(p.name) like ${start} or lower(p.name) like ${word} or p.sku like ${sku} or p.barcodes && ${codes}::text[])`,
  );
}

/** A barcode and, for a GTIN, its other spellings: a UPC-A is an EAN-13 with a zero in front. */
export function barcodeForms(text: string): string[] {
  const gtin = normaliseGtin(text);
  if (gtin === null) return [text];
  const forms = [8, 12, 13, 14].flatMap((digits) => {
    const rest = gtin.slice(14 - digits);
    return /^0*$/.test(gtin.slice(0, 14 - digits)) ? [rest] : [];
  });
  return [...new Set([text, ...forms])];
}

function readKey(text: string): { readonly name: string; readonly product: string } {
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    // Not a key of ours.
    return fail('input.malformed', { where: 'after' });
  }
  if (!Array.isArray(parts)) return fail('input.malformed', { where: 'after' });
  const [name, product]: readonly unknown[] = parts;
  const isKey = typeof name === 'string' && !name.includes('\u0000') && typeof product === 'string' && isUuid(product);
  return isKey ? { name, product } : fail('input.malformed', { where: 'after' });
}
