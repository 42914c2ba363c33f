/**
 * What the model of central remembers. Written from the protocol's description alone, in plain data that can be copied: a
 * backup of central is a copy, and setting it back is putting the copy in its place.
 */

/** An entry as the model reads it: what it needs of the envelope. */
export interface Doc {
  readonly store: string;
  readonly till: string;
  readonly installation: string;
  readonly epoch: number;
  readonly seq: number;
  readonly kind: string;
  readonly version: number;
  readonly command: string;
  readonly n: number;
  readonly at: string;
  readonly actor?: string | null;
  readonly approver?: string | null;
  readonly private?: readonly string[];
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Place {
  readonly seq: number;
  /** Hexadecimal. */
  readonly hash: string;
}

/** An entry that central holds. */
export interface HeldEntry {
  readonly bytes: Uint8Array;
  readonly hash: string;
  /** What it says: itself, or the fact inside of an adopted one; null for bytes that can't be read. */
  readonly fact: Doc | null;
  readonly payloads: readonly Uint8Array[];
  /** It stands inside of the entry that adopted it. */
  readonly adopted: boolean;
  /** When it came here, by the server's clock. */
  readonly received_ms: number;
}

/** Where central stands in a till's chain. */
export interface ChainState {
  readonly acked_seq: number;
  readonly head_hash: string;
  readonly genesis: string;
  readonly epoch: number;
  /** Of the last entry; null before the first. */
  readonly chain_installation: string | null;
  /** A fork that is being adopted: its entry that was reached, and its last one. */
  readonly fork: { readonly at: Place; readonly head: Place } | null;
  /** Receipt series that the chain has used. */
  readonly series: ReadonlySet<string>;
}

/** What a sale, refund or correction moved. */
export interface Movement {
  readonly product: string;
  readonly milli: number;
  /** The entry of this till that is taken back. */
  readonly undoes?: number | undefined;
}

/** What there is to say of a product. */
export interface Fields {
  readonly sku: string;
  readonly name: string;
  readonly unit: string;
  readonly price_minor: number | null;
  readonly category: string | null;
  readonly taxes: readonly string[];
  readonly barcodes: readonly string[];
  readonly stocked: boolean;
  readonly active: boolean;
}

export interface ProductRecord {
  readonly product: string;
  readonly version: number;
  readonly fields: Fields;
  /** The version that gave a field its value; one that is not named has it since the first. */
  readonly changedAt: Readonly<Partial<Record<keyof Fields, number>>>;
}

/** A field that was proposed at a till, and what became of it. */
export interface Proposal {
  readonly seq: number;
  /** `product` where it was made. */
  readonly field: string;
  readonly product: string;
  readonly wanted: unknown;
  /** What was here when it was decided. */
  readonly kept: unknown;
  readonly state: 'accepted' | 'waiting' | 'taken' | 'kept' | 'refused' | 'superseded';
  readonly reason: string | null;
  /** The product's version that has it. */
  readonly version: number | null;
  readonly at: string;
}

/** Something that was said of a transfer by whoever received, in the order in which central heard it. */
export interface Claim {
  readonly store: string;
  readonly till: string;
  readonly seq: number;
  readonly awaits_more: boolean;
  /** It says what came; else it puts that right. */
  readonly isReceipt: boolean;
}

/** A product of a transfer, and how much of it was sent. */
export interface TransferLine {
  readonly product: string;
  readonly sku: string;
  readonly name: string;
  readonly unit: string;
  readonly sent_milli: number;
}

/** Goods between two stores. What nobody has said yet is null. */
export interface Transfer {
  readonly number: string;
  readonly transfer: string | null;
  readonly from_store: string | null;
  readonly to_store: string | null;
  readonly sent_at: string | null;
  /** The sender's entry. */
  readonly sent_seq: number | null;
  readonly isCancelled: boolean;
  readonly claims: readonly Claim[];
  /** What was sent, by product. */
  readonly sent: ReadonlyMap<string, TransferLine>;
  /** What each till says that it received of each product in all, in its words. */
  readonly receipts: readonly (Omit<TransferLine, 'sent_milli'> & {
    readonly store: string;
    readonly till: string;
    readonly milli: number;
    /** The last receipt that names it. */
    readonly receipt_seq: number | undefined;
  })[];
}

/** A record of catalogue or staff as a shop's journal left it, in the shape of the feed. */
export interface JoiningRecord {
  readonly kind: string;
  readonly record: string;
  readonly row: Readonly<Record<string, unknown>>;
  /** The last entry that said so. */
  readonly seq: number;
}

/** A PIN or password that came with a shop. */
export interface Verifier {
  readonly staff: string;
  readonly credential: string;
  readonly bcrypt: string;
}

/** A shop that was its own and brings all that it has. */
export interface Joining {
  /** The entry that says that all of it has come; null before. */
  readonly joined_seq: number | null;
  /** Its catalogue and its people are the company's. */
  readonly isTaken: boolean;
  /** What has come and is not the company's yet, by kind and UUID. */
  readonly records: ReadonlyMap<string, JoiningRecord>;
  readonly verifiers: readonly Verifier[];
  /** What became the company's, as it was then. */
  readonly taken: readonly JoiningRecord[];
}

/** Where a shop's record meets one of the company's. */
export interface Clash {
  readonly store: string;
  readonly kind: 'record' | 'sku' | 'barcode' | 'tax_code' | 'login';
  readonly value: string;
  readonly record: string;
  readonly other: string;
}

export interface TillBook {
  readonly store: string;
  readonly till: string;
  code: string;
  /** Null of a till that joined empty. */
  joining: Joining | null;
  /** The installation that speaks for the till. */
  installation: string;
  /** Another one has spoken before: a call has to say which of them makes it. */
  wasAnother: boolean;
  chain: ChainState;
  /** Entry n at n − 1. */
  entries: HeldEntry[];
  /** Which entry wrote the nth of a command. */
  commands: Map<string, number>;
  /** Entries that could not be projected, and why. */
  quarantine: Map<number, string>;
  /** Entries of kinds that are not known. */
  unknown: Set<number>;
  /** What was found of each closing, by its entry. */
  checks: Map<number, ClosingCheck>;
  /** What each projected entry moved. */
  movements: Map<number, readonly Movement[]>;
  cash: Map<number, CashRow>;
  /** Installations that said hello and do not speak for the till. */
  asking: Set<string>;
  proposals: readonly Proposal[];
  /** What each projected stock take counted. */
  counts: Map<number, readonly CountedLine[]>;
  /** Hellos, by the last entry that the till had then; how far its clock was ahead is null where it did not say. */
  readings: Map<number, { readonly at_ms: number; readonly ahead_ms: number | null }>;
}

/** A product that was counted. */
export interface CountedLine {
  readonly product: string;
  readonly counted_milli: number;
  readonly known_milli: number;
  readonly counted_at: string;
  /** The till's own last entry then. */
  readonly own_seq: number;
  /** The last entry of each other till that it had heard of. */
  readonly seen: ReadonlyMap<string, number>;
  /** The tag of the feed that it had heard of them from. */
  readonly feed: string | undefined;
}

/** The count of a product that stands, and what the feed adds to the levels for it. */
export interface StandingCount {
  readonly till: string;
  readonly seq: number;
  readonly counted_milli: number;
  readonly earliest: number;
  readonly latest: number;
  /** The last entry of each till that surely was before. */
  readonly marks: ReadonlyMap<string, number>;
  /** The same of tills of which the count had heard more than central held. */
  readonly beyond: ReadonlyMap<string, number>;
  readonly correction_milli: number;
}

/** A movement of which nobody can tell whether it was before the count. */
export interface CountDoubt {
  readonly till: string;
  readonly seq: number;
  readonly product: string;
  readonly milli: number;
  readonly decided: 'before' | 'after' | null;
}

/** A completed sale or refund as central shows it. */
export interface SaleRow {
  readonly till: string;
  readonly seq: number;
  readonly command: string;
  readonly kind: 'sale' | 'refund';
  readonly receipt_number: string;
  readonly total_minor: number;
  /** Of a refund: what it gives back. */
  readonly of_sale: string | null;
  readonly lines: readonly {
    readonly line: string;
    readonly of_line: string | null;
    readonly product: string;
    readonly quantity_milli: number;
  }[];
  readonly shift: string;
  readonly tax_minor: number;
  readonly tenders: readonly { readonly kind: string; readonly amount_minor: number }[];
}

/** Cash that moved without a sale, negative where it was taken out. */
export interface CashRow {
  readonly shift: string;
  readonly amount_minor: number;
}

export interface StreamBook {
  position: number;
  tag: string;
  rows: Map<string, { readonly kind: string; readonly key: string; readonly row: unknown; readonly position: number }>;
}

export interface StockLevel {
  readonly product: string;
  readonly till: string;
  readonly level_milli: number;
  readonly covers_seq: number;
  readonly position: number;
}

/** What a Z says. */
export interface ClosingBody {
  readonly shift: string;
  readonly float_minor: number;
  readonly expected_minor: number;
  readonly paid_in_minor: number;
  readonly paid_out_minor: number;
  readonly sales: Figures;
  readonly refunds: Figures;
  readonly tenders: readonly { readonly kind: string; readonly amount_minor: number }[];
}

export interface Figures {
  readonly count: number;
  readonly total_minor: number;
  readonly tax_minor: number;
}

export interface ClosingRow {
  readonly till: string;
  readonly seq: number;
  readonly body: ClosingBody;
}

export interface ClosingCheck {
  readonly shift: string;
  readonly agrees: boolean;
  readonly differences: readonly { readonly what: string; readonly till: number; readonly headoffice: number }[];
}

export interface StoreBook {
  readonly stream: StreamBook;
  /** By the UUID of the sale: a basket becomes a sale once, whichever till says so. */
  sales: Map<string, SaleRow>;
  openings: Set<string>;
  closings: Map<string, ClosingRow>;
  stock: Map<string, StockLevel>;
  /** By product. */
  counts: Map<string, StandingCount>;
  doubts: Map<string, CountDoubt>;
}

export interface Books {
  readonly company: StreamBook;
  /** By the product's UUID, as the head office has it. */
  readonly catalogue: Map<string, ProductRecord>;
  /** By number. */
  readonly transfers: Map<string, Transfer>;
  readonly stores: Map<string, StoreBook>;
  readonly tills: Map<string, TillBook>;
  /** Codes for shops that were their own, and who has used each: null while nobody has. */
  readonly codes: Map<string, { readonly till: string; readonly installation: string } | null>;
  readonly clashes: Set<string>;
  incarnation: string;
}

function copyStream(stream: StreamBook): StreamBook {
  return { ...stream, rows: new Map(stream.rows) };
}

/** All of central as it is now. */
export function copyBooks(books: Books): Books {
  return {
    incarnation: books.incarnation,
    company: copyStream(books.company),
    catalogue: new Map(books.catalogue),
    transfers: new Map(books.transfers),
    codes: new Map(books.codes),
    clashes: new Set(books.clashes),
    stores: new Map(
      [...books.stores].map(([store, book]) => [
        store,
        {
          stream: copyStream(book.stream),
          sales: new Map(book.sales),
          openings: new Set(book.openings),
          closings: new Map(book.closings),
          stock: new Map(book.stock),
          counts: new Map(book.counts),
          doubts: new Map(book.doubts),
        },
      ]),
    ),
    tills: new Map(
      [...books.tills].map(([till, book]) => [
        till,
        {
          ...book,
          entries: [...book.entries],
          commands: new Map(book.commands),
          quarantine: new Map(book.quarantine),
          unknown: new Set(book.unknown),
          checks: new Map(book.checks),
          movements: new Map(book.movements),
          cash: new Map(book.cash),
          asking: new Set(book.asking),
          counts: new Map(book.counts),
          readings: new Map(book.readings),
        },
      ]),
    ),
  };
}
