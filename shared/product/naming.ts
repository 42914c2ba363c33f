/**
 * What a product may be called. Both are stored as they are read here, without white space around them.
 */
declare const skuBrand: unique symbol;
/** The shop's own number of a product: 1 to 64 characters, compared exactly. `22423A` and `22423a` are two products. */
export type Sku = string & { readonly [skuBrand]: true };

export type NamingFault = 'empty' | 'too_long' | 'bad_character';
export type Named<Value, Noun extends string> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly code: `${Noun}.${NamingFault}` };

/** Counted in UTF-16 units, as the journal's schema counts. */
const maxSkuLength = 64;
const maxNameLength = 200;

/** Control characters, line and paragraph separators, and halves of a surrogate pair, which no database takes. */
const unprintable = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u;

/** A SKU as somebody typed or imported it. Case stays: it is part of it. */
export function parseSku(text: string): Named<Sku, 'sku'> {
  const sku = text.trim();
  const fault = faultOf(sku, maxSkuLength);
  // Checked on the line above.
  return fault === undefined ? { ok: true, value: sku as Sku } : { ok: false, code: `sku.${fault}` };
}

/** A product's name, in Unicode's composed form (NFC), so that the same name typed on two systems is the same text. */
export function parseProductName(text: string): Named<string, 'name'> {
  const name = text.trim().normalize('NFC');
  const fault = faultOf(name, maxNameLength);
  return fault === undefined ? { ok: true, value: name } : { ok: false, code: `name.${fault}` };
}

function faultOf(text: string, maxLength: number): NamingFault | undefined {
  if (text === '') return 'empty';
  if (text.length > maxLength) return 'too_long';
  return unprintable.test(text) ? 'bad_character' : undefined;
}
