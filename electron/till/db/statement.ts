/**
 * Typed SQL that is compiled once, prepared once and run synchronously.
 *
 * Kysely builds the SQL and knows its types; better-sqlite3 runs it. Kysely's own executor is never used: it waits on a
 * mutex around one connection, so that a query beside an open transaction would wait for ever, and it prepares anew on
 * every run. A command handler must be synchronous, so that no transaction can be held open across anything slow.
 */
import type Database from 'better-sqlite3';
import {
  type Compilable,
  type CompiledQuery,
  DummyDriver,
  Kysely,
  type RawBuilder,
  sql,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type { TillSchema } from './schema.ts';

/** What can be bound to a statement. */
export type Value = string | number | bigint | Uint8Array | null;

type Fields<Params> = { readonly [Name in keyof Params]: RawBuilder<Params[Name]> };

/** A connection that can only read: SQLite itself refuses a write on it. */
export interface ReadDb {
  readonly connection: Database.Database;
}

/** The connection that writes, inside the one transaction of a command. */
export interface WriteDb extends ReadDb {
  readonly writable: true;
}

interface Read<Params, Row> {
  /** The first row, or undefined. */
  get(db: ReadDb, params: Params): Row | undefined;
  /** The first row; throws when there is none, since the caller knows that there must be one. */
  one(db: ReadDb, params: Params): Row;
  all(db: ReadDb, params: Params): Row[];
  /** Row by row, for what may be long. Nothing else may run on the connection meanwhile. */
  each(db: ReadDb, params: Params): IterableIterator<Row>;
}

interface Write<Params, Row> {
  /** Runs it; answers how many rows changed and the last rowid. */
  run(db: WriteDb, params: Params): { readonly changes: number; readonly lastRowid: number };
  /** For statements with RETURNING: the row that came back. */
  returning(db: WriteDb, params: Params): Row;
}

class Slot {
  readonly name: PropertyKey;
  constructor(name: PropertyKey) {
    this.name = name;
  }
}

/** Builds SQL over the till's tables; runs nothing. */
export const build = new Kysely<TillSchema>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
});

/**
 * Named parameters as a row to insert: `values(fields(p, 'sku', 'name'))`. They are named once more here because the
 * parameters of a statement exist in types only; a column that is missing does not compile.
 */
export function fields<Params, Name extends keyof Params>(
  p: Fields<Params>,
  ...names: readonly Name[]
): Pick<Fields<Params>, Name> {
  const row: Partial<Pick<Fields<Params>, Name>> = {};
  for (const name of names) row[name] = p[name];
  // Each of the names was set just now.
  return row as Pick<Fields<Params>, Name>;
}

type Builder<Params, Row> = (q: Kysely<TillSchema>, p: Fields<Params>) => Compilable<Row>;
type Checked<Params> = { readonly [Name in keyof Params]: Value };

/**
 * A read: `reads<{ sku: string }>()((q, p) => q.selectFrom('products').select('name').where('sku', '=', p.sku))`.
 * The parameters are named; their types are checked against the columns that they are compared with.
 */
export function reads<Params extends Checked<Params> = Record<never, never>>() {
  return <Row>(builder: Builder<Params, Row>): Read<Params, Row> => {
    const prepare = prepared<Params, Row>(builder);
    return {
      get: (db, params) => {
        const { statement, bind } = prepare(db);
        return statement.get(bind(params));
      },
      one: (db, params) => {
        const { statement, bind } = prepare(db);
        const row = statement.get(bind(params));
        if (row === undefined) throw new Error(`no row where one must be: ${statement.source}`);
        return row;
      },
      all: (db, params) => {
        const { statement, bind } = prepare(db);
        return statement.all(bind(params));
      },
      each: (db, params) => {
        const { statement, bind } = prepare(db);
        return statement.iterate(bind(params));
      },
    };
  };
}

/** A write: as {@link reads}, but it can be run on the writing connection only. */
export function writes<Params extends Checked<Params> = Record<never, never>>() {
  return <Row>(builder: Builder<Params, Row>): Write<Params, Row> => {
    const prepare = prepared<Params, Row>(builder);
    return {
      run: (db, params) => {
        const { statement, bind } = prepare(db);
        const result = statement.run(bind(params));
        return { changes: result.changes, lastRowid: Number(result.lastInsertRowid) };
      },
      returning: (db, params) => {
        const { statement, bind } = prepare(db);
        const row = statement.get(bind(params));
        if (row === undefined) throw new Error(`nothing came back: ${statement.source}`);
        return row;
      },
    };
  };
}

/**
 * `= ?` as `= +?`. better-sqlite3's SQLite is built with STAT4, so it looks at the value of a bare parameter and plans a
 * join, or a choice between indexes, anew at every run: 14 µs instead of 1. A plus sign changes no value of any type, and
 * leaves it nothing to look at. Our SQL holds no other question mark; a text that does is bound.
 */
function withPlainParameters(compiled: string): string {
  return compiled.replaceAll('?', '+?');
}

/** SQL and its bound values, made once from a builder. */
function prepared<Params extends Checked<Params>, Row>(builder: Builder<Params, Row>) {
  let compiled: CompiledQuery<Row> | undefined;
  let slots: readonly (keyof Params | undefined)[] = [];
  // One prepared statement for each connection; it goes when the connection goes.
  const statements = new WeakMap<Database.Database, Database.Statement<[Value[]], Row>>();
  const bind = (params: Params): Value[] => {
    const constants = compiled?.parameters ?? [];
    const values: Value[] = [];
    for (let i = 0; i < slots.length; i += 1) {
      const name = slots[i];
      // A constant of the builder is a value that Kysely was given: it is bindable, or SQLite says so at once.
      values.push(name === undefined ? (constants[i] as Value) : params[name]);
    }
    return values;
  };
  return (db: ReadDb) => {
    let statement = statements.get(db.connection);
    if (statement === undefined) {
      if (compiled === undefined) {
        // Each parameter is a slot that the compiled query keeps in its place among the values.
        const slotted = new Proxy({}, { get: (_, name) => sql.val(new Slot(name)) }) as Fields<Params>;
        compiled = builder(build, slotted).compile();
        slots = compiled.parameters.map((value) => (value instanceof Slot ? (value.name as keyof Params) : undefined));
      }
      statement = db.connection.prepare<[Value[]], Row>(withPlainParameters(compiled.sql));
      statements.set(db.connection, statement);
    }
    return { statement, bind };
  };
}
