/**
 * The model's catalogue: what the head office writes, and what a manager proposes at a till, decided field by field. Written
 * from decision 11: nothing that the manager has not seen is overwritten, and nothing is lost without being said.
 */
import type { Books, Doc, Fields, ProductRecord, Proposal, TillBook } from './books.ts';
import { putRow } from './feed.ts';

/** In the order in which they are decided. */
const fieldNames = [
  'sku',
  'name',
  'unit',
  'price_minor',
  'category',
  'taxes',
  'barcodes',
  'stocked',
  'active',
] as const satisfies readonly (keyof Fields)[];
type Field = (typeof fieldNames)[number];
type Changes = Partial<Fields>;

const isSame = (one: unknown, other: unknown) => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

const rowOf = ({ fields, product, version }: ProductRecord) => ({ product, version, ...fields });

function put({ catalogue, company }: Books, record: ProductRecord): void {
  catalogue.set(record.product, record);
  putRow(company, 'product', record.product, rowOf(record));
}

/** The head office makes a product. */
export function createProduct(
  books: Books,
  row: Fields & { readonly product: string; readonly version?: number },
): void {
  const { active, barcodes, category, name, price_minor, product, sku, stocked, taxes, unit, version = 1 } = row;
  const fields = { sku, name, unit, price_minor, category, taxes, barcodes, stocked, active };
  put(books, { product, version, fields, changedAt: {} });
}

/** Writes the product's next version, whoever asked. */
export function writeProduct(books: Books, before: ProductRecord, changes: Changes): ProductRecord {
  const version = before.version + 1;
  const changed = fieldNames.filter((field) => field in changes && !isSame(changes[field], before.fields[field]));
  const next = {
    ...before,
    version,
    fields: { ...before.fields, ...changes },
    changedAt: { ...before.changedAt, ...Object.fromEntries(changed.map((field) => [field, version])) },
  };
  put(books, next);
  return next;
}

/** Whether another product that is in use has this SKU, or one of these barcodes (no GTIN, which has several forms). */
function holderOf(books: Books, product: string, what: Pick<Fields, 'sku' | 'barcodes'>, by: 'sku' | 'barcodes') {
  return [...books.catalogue.values()].some(
    ({ fields, product: other }) =>
      other !== product &&
      fields.active &&
      (by === 'sku' ? fields.sku === what.sku : fields.barcodes.some((one) => what.barcodes.includes(one))),
  );
}

/** Whether a field's value can't stand beside other products; `fields` are the product as it would be. */
export function clashes(books: Books, product: string, field: string, fields: Fields): boolean {
  return (
    fields.active &&
    ((['sku', 'active'].includes(field) && holderOf(books, product, fields, 'sku')) ||
      (['barcodes', 'active'].includes(field) && holderOf(books, product, fields, 'barcodes')))
  );
}

/** Whether somebody of a store may edit the catalogue, as its tills were last told. */
function mayEdit({ company, stores }: Books, store: string, staff: string | null | undefined): boolean {
  const { active, roles } = (stores.get(store)?.stream.rows.get(`staff ${staff ?? ''}`)?.row ?? {}) as {
    readonly active?: boolean;
    readonly roles?: readonly string[];
  };
  return (
    active === true &&
    (roles ?? []).some((role) => {
      const held = company.rows.get(`role ${role}`)?.row as { readonly permissions: readonly string[] } | undefined;
      return held?.permissions.includes('product.edit') === true;
    })
  );
}

function propose(book: TillBook, proposal: Proposal): void {
  book.proposals = [...book.proposals, proposal];
}

/** Tells a till how far its proposals of a product are decided, and how each field ended that was not simply taken. */
function tellDecisions(books: Books, book: TillBook, product: string): void {
  const { company } = books;
  const { proposals, till } = book;
  const own = proposals.filter((one) => one.product === product);
  const last = new Map(own.toSorted((a, b) => a.seq - b.seq).map((one) => [one.field, one]));
  const said = [...last.values()].filter(({ state }) => ['waiting', 'taken', 'kept', 'refused'].includes(state));
  putRow(company, 'proposal', `${till}/${product}`, {
    till,
    product,
    decided_seq: Math.max(...own.map(({ seq }) => seq)),
    fields: said
      .toSorted((a, b) => (a.field < b.field ? -1 : 1))
      .map(({ at, field, kept, reason, seq, state, wanted }) => ({
        field,
        seq,
        state,
        reason,
        wanted,
        kept,
        by: null,
        at,
        before: reason === 'stale' ? changerOf(books, book, product, field) : null,
      })),
  });
}

/** The other till of the store whose edit gave a field the value that it has, by its name. */
function changerOf({ catalogue, stores, tills }: Books, { store, till }: TillBook, product: string, field: string) {
  const version = catalogue.get(product)?.changedAt[field as Field];
  const isChange = (one: Proposal) =>
    one.product === product && one.field === field && one.state === 'accepted' && one.version === version;
  const changer = [...tills.values()].find(
    (book) =>
      book.store === store &&
      book.till !== till &&
      book.proposals.some((one) => isChange(one) && !isSame(one.kept, one.wanted)),
  );
  const told = changer && stores.get(store)?.stream.rows.get(`till ${changer.till}`)?.row;
  return told === undefined ? null : (told as { readonly name: string }).name;
}

interface EditBody {
  readonly product: string;
  readonly against: number;
  readonly changes: Changes;
  readonly was: Changes;
}

/** Decides the fields of an edit. */
export function decideEdit(books: Books, book: TillBook, seq: number, fact: Doc, now: string): void {
  // Its schema at the till has passed it.
  const { against, changes, product, was } = fact.body as unknown as EditBody;
  const before = books.catalogue.get(product);
  const isAllowed = mayEdit(books, book.store, fact.actor) || mayEdit(books, book.store, fact.approver);
  const ofField = (field: Field) => book.proposals.filter((one) => one.product === product && one.field === field);
  const taken: Record<string, unknown> = {};
  const made = fieldNames.flatMap((field): Proposal[] => {
    if (!(field in changes)) return [];
    const wanted = changes[field] ?? null;
    const held = before?.fields[field] ?? null;
    const changedAt = before?.changedAt[field] ?? 1;
    const all = ofField(field);
    const own = all.filter((one) => one.seq < seq).toSorted((a, b) => b.seq - a.seq)[0];
    const isLast = (version: number | null) => own?.state === 'accepted' && own.version === version;
    const isSeen =
      (changedAt <= against || isLast(changedAt)) &&
      // Or what the manager saw is their own wish before, which waits though they knew what was here.
      (isSame(was[field], held) || (own?.state === 'waiting' && own.reason !== 'stale' && isSame(own.kept, held)));
    const verdict = (): Pick<Proposal, 'state' | 'reason'> => {
      if (all.some((one) => one.seq > seq)) return { state: 'superseded', reason: null };
      if (before === undefined) return { state: 'refused', reason: 'unknown' };
      if (isSame(held, wanted)) return { state: 'accepted', reason: null };
      if (!isSeen) return { state: 'waiting', reason: 'stale' };
      if (!isAllowed) return { state: 'waiting', reason: 'permission' };
      const next = { ...before.fields, ...taken, [field]: wanted };
      if (clashes(books, product, field, next)) return { state: 'waiting', reason: 'clash' };
      taken[field] = wanted;
      return { state: 'accepted', reason: null };
    };
    const { reason, state } = verdict();
    const version = field in taken && before ? before.version + 1 : state === 'accepted' ? changedAt : null;
    return [{ seq, field, product, wanted, kept: held, state, reason, version, at: now }];
  });
  const spoken = new Set(made.filter(({ state }) => state !== 'superseded').map(({ field }) => field));
  book.proposals = book.proposals.map((one) =>
    one.product === product && one.seq < seq && one.state === 'waiting' && spoken.has(one.field)
      ? { ...one, state: 'superseded' }
      : one,
  );
  for (const one of made) propose(book, one);
  if (before !== undefined && Object.keys(taken).length > 0) writeProduct(books, before, taken);
  tellDecisions(books, book, product);
}

/** Takes a product that was made at a till, whatever is wrong with it: what is wrong is left out, and waits. */
export function takeProduct(books: Books, book: TillBook, seq: number, fact: Doc, now: string): void {
  // Its schema at the till has passed it.
  const { product, ...wanted } = fact.body as unknown as Fields & { readonly product: string };
  const left = new Map<Field, string>();
  if (!books.catalogue.has(product)) {
    if (!mayEdit(books, book.store, fact.actor) && !mayEdit(books, book.store, fact.approver))
      left.set('active', 'permission');
    const isKnown = wanted.taxes.every((tax) => books.company.rows.has(`tax ${tax}`));
    if (!isKnown) for (const field of ['taxes', 'active'] as const) left.set(field, 'unknown');
    let { sku } = wanted;
    for (let i = 1; holderOf(books, product, { ...wanted, sku }, 'sku'); i += 1) {
      left.set('sku', 'clash');
      sku = `${wanted.sku}-${book.code}${i > 1 ? `-${i}` : ''}`;
    }
    if (clashes(books, product, 'barcodes', wanted)) left.set('barcodes', 'clash');
    const isFree = (barcode: string) => !holderOf(books, product, { ...wanted, barcodes: [barcode] }, 'barcodes');
    createProduct(books, {
      ...wanted,
      product,
      sku,
      taxes: isKnown ? wanted.taxes : [],
      barcodes: left.has('barcodes') ? wanted.barcodes.filter(isFree) : wanted.barcodes,
      active: wanted.active && !left.has('active'),
    });
  }
  const made = books.catalogue.get(product);
  if (made === undefined) throw new Error('a product that was taken is there');
  const base = { seq, product, at: now };
  const said = { ...base, field: 'product', wanted: fact.body, kept: rowOf(made) };
  propose(book, { ...said, state: 'accepted', reason: null, version: 1 });
  for (const [field, reason] of left) {
    const values = { wanted: wanted[field], kept: made.fields[field] };
    propose(book, { ...base, field, ...values, state: 'waiting', reason, version: null });
  }
  tellDecisions(books, book, product);
}

/** Somebody at the head office takes a value that waits, or keeps the other. Answers whether it is decided now. */
export function decideField(books: Books, book: TillBook, wish: Omit<FieldDecision, 'till'>, now: string): boolean {
  const { field, seq, take } = wish;
  const proposal = book.proposals.find((one) => one.seq === seq && one.field === field);
  let record = proposal && books.catalogue.get(proposal.product);
  if (proposal?.state !== 'waiting' || record === undefined) return false;
  // Only fields of a product wait.
  const value = () => record?.fields[field as Field] ?? null;
  if (take && !isSame(value(), proposal.wanted)) {
    const changes = { [field]: proposal.wanted };
    if (clashes(books, record.product, field, { ...record.fields, ...changes })) return false;
    record = writeProduct(books, record, changes);
  }
  const decided: Proposal = {
    ...proposal,
    state: take ? 'taken' : 'kept',
    kept: value(),
    version: take ? record.version : proposal.version,
    at: now,
  };
  book.proposals = book.proposals.map((one) => (one === proposal ? decided : one));
  tellDecisions(books, book, proposal.product);
  return true;
}

export interface FieldDecision {
  readonly till: string;
  readonly seq: number;
  readonly field: string;
  readonly take: boolean;
}
