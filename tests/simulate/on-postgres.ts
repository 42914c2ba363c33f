/** Plays what happened at the model of central again on the real one: every call, edit, decision and backup, in the same order. */
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { migrateCentral } from '../../migrations/central/migrate.ts';
import { fetchAnswer, hashesAnswer, helloAnswer, pullAnswer, pushAnswer } from '../../sync/answers.ts';
import { encodeByteaArray } from '../../sync/bytea-array.ts';
import { scramVerifier } from '../../sync/scram.ts';
import { createDatabase, type TestDatabase } from '../support/postgres.ts';
import { setTime, slowTime } from './virtual-time.ts';
import type { Answered, Asked, EnrolAnswer, JoinAsked } from './central/asked.ts';
import type { Deed, Done } from './history.ts';
import { companyTag, storeId, storeTag, type TillPlace } from './shop.ts';
import type { Simulated } from './simulate.ts';

/** An answer without what is of the server's clock, or says nothing of the state. */
function plainAnswer(answer: unknown): unknown {
  const text = JSON.stringify(answer, (name, value: unknown) => {
    // A moment `at` is when the server decided on a proposal; a login is drawn.
    if (['server_time', 'incarnation', 'at', 'login'].includes(name)) return undefined;
    // In which order differences are told, SQL leaves open.
    if (name === 'differences' && Array.isArray(value))
      return value
        .map((one: object) => JSON.stringify(Object.entries(one).toSorted(([a], [b]) => (a < b ? -1 : 1))))
        .toSorted();
    return value;
  });
  const read: unknown = JSON.parse(text);
  return read;
}

export class RealCentral {
  readonly #at: TestDatabase;
  readonly #run = randomBytes(4).toString('hex');
  #admin: pg.Client;
  /** Roles that were made, to be dropped again. */
  readonly #logins = new Set<string>();
  /** By the name that a world gives it: the role of whoever has a code. */
  readonly #codes = new Map<string, string>();
  readonly #backups: string[] = [];
  /** When what is played now happened. */
  #now_ms = 0;

  private constructor(at: TestDatabase, admin: pg.Client) {
    this.#at = at;
    this.#admin = admin;
  }

  /** A central with the stores and tills of a world, none of which has said anything. */
  static async open({ places }: Pick<Simulated, 'places'>): Promise<RealCentral> {
    const at = await createDatabase();
    const admin = new pg.Client(at);
    await admin.connect();
    const { roles } = await migrateCentral(admin, { name: 'Simulated' });
    await admin.query('set search_path = evertill');
    await slowTime(admin);
    await admin.query('update stream_heads set tag = $1 where store_id = 0', [companyTag]);
    const central = new RealCentral(at, admin);
    const tills = places.filter(({ shop }) => shop === null);
    for (const index of new Set(tills.map(({ storeIndex }) => storeIndex))) {
      await admin.query(
        `with made as (insert into stores (store, name) values ($1, 'Store') returning store_id)
         insert into stream_heads (store_id, position, tag) select store_id, 0, $2 from made`,
        [storeId(index), storeTag(index)],
      );
    }
    for (const place of tills) await central.#addTill(place, roles.tills);
    return central;
  }

  async #addTill({ code, installation, name, store, till }: TillPlace, group: string): Promise<void> {
    const login = `evertill_simulated_${this.#run}_${code.toLowerCase()}`;
    this.#logins.add(login);
    await this.#admin.query(`create role ${login} login`);
    await this.#admin.query(`grant ${group} to ${login} with inherit true, set false`);
    await this.#admin.query(
      `with made as (
         insert into tills (store_id, till, code, name)
         select store_id, $2, $3, $4 from stores where store = $1 returning store_id, till_id
       ), headed as (
         insert into till_heads (store_id, till_id, installation, genesis, epoch, acked_seq, head_hash)
         select store_id, till_id, $5::uuid, genesis_of($5::text), 0, 0, genesis_of($5::text) from made
       )
       insert into till_logins (login, store_id, till_id, store, till)
       select $6, store_id, till_id, $1, $2 from made`,
      [store, till, code, name, installation, login],
    );
  }

  /** Does what was done. Of a call, answers what central answered now and what the model had answered. */
  async play(deed: Done): Promise<{ readonly real: unknown; readonly model: unknown } | undefined> {
    this.#now_ms = deed.at_ms;
    await setTime(this.#admin, this.#now_ms);
    switch (deed.did) {
      case 'call':
        return {
          real: plainAnswer(await this.#call(deed.till, deed.asked)),
          model: plainAnswer(deed.answered),
        };
      case 'edit_product':
        return {
          real: await this.#value(
            'select edit_product(null, product, version, $2) as answer from products where product = $1',
            [deed.product, JSON.stringify(deed.changes)],
          ),
          model: 'edited',
        };
      case 'decide_field': {
        const { field, isDecided, seq, take, till } = deed;
        const sql = `select decide_proposal(null, till, seq, field, $4, p.version) as answer from product_proposals r
          join tills using (store_id, till_id) join products p on p.product = r.product
          where till = $1 and seq = $2 and field = $3`;
        const answer = await this.#value(sql, [till, seq, field, take]);
        return { real: answer === 'decided', model: isDecided };
      }
      case 'decide_doubt': {
        const { isBefore, milli, product, store } = deed;
        const sql = 'select decide_count_doubt(null, $1, $2, $3, $4) as answer';
        return { real: await this.#value(sql, [store, product, milli, isBefore]), model: 'recorded' };
      }
      case 'put':
        if (deed.kind === 'product')
          return {
            real: await this.#value('select create_products(null, $1) as answer', [JSON.stringify([deed.row])]),
            model: 'created',
          };
        // Of these what a shop brings is compared with the tables.
        if (deed.kind === 'tax' || deed.kind === 'role') {
          await this.#admin.query(`select record_${deed.kind}(null, $1)`, [JSON.stringify(deed.row)]);
          return undefined;
        }
        await this.#admin.query(
          'select put_feed_row(coalesce((select store_id from stores where store::text = $1), 0), $2, $3, $4)',
          [deed.stream, deed.kind, deed.key, JSON.stringify(deed.row)],
        );
        return undefined;
      case 'make_code':
        await this.#makeCode(deed.code);
        return undefined;
      case 'decide':
        await this.#admin.query('select let_speak(store_id, till_id, $2) from tills where till = $1', [
          deed.till,
          deed.installation,
        ]);
        return undefined;
      case 'project_again':
        await this.#admin.query(
          'select reproject(null, store, till, $2) from tills join stores using (store_id) where till = $1',
          [deed.till, deed.seq],
        );
        return undefined;
      case 'back_up':
        await this.#backUp(deed.backup);
        return undefined;
      case 'set_back':
        await this.#setBack(deed);
        return undefined;
    }
  }

  /** What a function of the head office answers. */
  async #value(sql: string, values: readonly unknown[]): Promise<unknown> {
    const { rows } = await this.#admin.query<{ answer: { answer: unknown } }>(sql, [...values]);
    return rows[0]?.answer.answer;
  }

  async #call(till: string, asked: Asked): Promise<Answered> {
    const login = asked.call === 'enrol' ? this.#codes.get(asked.code) : await this.#loginOf(till);
    await this.#admin.query(`set session authorization ${login ?? ''}`);
    try {
      return await this.#ask(asked);
    } finally {
      await this.#admin.query('reset session authorization');
      if (asked.call === 'enrol') await this.#tag(asked);
    }
  }

  /** Central makes one for each shop that it lets in, and may forget it. */
  async #loginOf(till: string): Promise<string> {
    const sql = 'select login from till_logins where till = $1 order by login limit 1';
    const { rows } = await this.#admin.query<{ login: string }>(sql, [till]);
    const login = rows[0]?.login ?? '';
    this.#logins.add(login);
    return login;
  }

  async #makeCode(code: string): Promise<void> {
    const { rows } = await this.#admin.query<{ answer: { login: string } }>(
      "select create_history_code(null, '30 days') as answer",
    );
    const login = `evertill_code_${rows[0]?.answer.login ?? ''}`;
    this.#codes.set(code, login);
    this.#logins.add(login);
  }

  /** The tag of a store that was just made is drawn: the one that the model took. */
  async #tag({ shop, tag }: JoinAsked): Promise<void> {
    await this.#admin.query(
      `update stream_heads set tag = $2 where store_id = (select store_id from stores where store = $1)
        and tag not like 'shop %' and tag not like 'central_set_back %'`,
      [shop.store, tag],
    );
  }

  async #ask(asked: Asked): Promise<Answered> {
    const ask = async (sql: string, values: readonly unknown[]) => {
      const { rows } = await this.#admin.query<{ answer: unknown }>(`select evertill.${sql} as answer`, [...values]);
      return rows[0]?.answer;
    };
    switch (asked.call) {
      case 'enrol': {
        const values = [asked.installation, scramVerifier('of nobody', randomBytes(16)), randomBytes(32)];
        // Read back as it comes: the words of the model.
        return (await ask('enrol($1::uuid, $2::text, $3::bytea, $4::jsonb)', [
          ...values,
          JSON.stringify(asked.shop),
        ])) as EnrolAnswer;
      }
      case 'hello': {
        const { at, epoch, head, installation } = asked;
        const values = [installation, epoch, head.seq, Buffer.from(head.hash, 'hex'), JSON.stringify({ at })];
        return helloAnswer.parse(await ask('hello($1::uuid, $2::int, $3::bigint, $4::bytea, $5::jsonb)', values));
      }
      case 'push': {
        const values = [
          asked.epoch,
          asked.from_seq,
          encodeByteaArray(asked.entries.map(({ bytes }) => bytes)),
          encodeByteaArray(asked.entries.map(({ hash }) => Buffer.from(hash, 'hex'))),
          encodeByteaArray(asked.entries.flatMap(({ payloads }) => payloads)),
          asked.unprojected,
          asked.installation,
        ];
        const sql = 'push($1::int, $2::bigint, $3::bytea[], $4::bytea[], $5::bytea[], $6::bool, $7::uuid)';
        return pushAnswer.parse(await ask(sql, values));
      }
      case 'pull': {
        const { cursors, installation, limit } = asked;
        const values = [JSON.stringify({ ...cursors, installation }), limit];
        return pullAnswer.parse(await ask('pull($1::jsonb, $2::int)', values));
      }
      case 'hashes':
        return hashesAnswer.parse(await ask('entry_hashes($1::uuid, $2::bigint[])', [asked.installation, asked.seqs]));
      case 'fetch': {
        const { after, bytes, count, installation } = asked;
        const sql = 'fetch_entries($1::uuid, $2::bigint, $3::int, $4::int)';
        return fetchAnswer.parse(await ask(sql, [installation, after, count, bytes]));
      }
    }
  }

  #backupName(backup: string): string {
    return `${this.#at.database}_${backup.replaceAll(/[^a-z0-9]/g, '_')}`;
  }

  /** PostgreSQL copies a database that nobody is connected to. */
  async #elsewhere(work: (client: pg.Client) => Promise<void>): Promise<void> {
    await this.#admin.end();
    const client = new pg.Client({ ...this.#at, database: 'postgres' });
    await client.connect();
    try {
      await work(client);
    } finally {
      await client.end();
    }
    this.#admin = new pg.Client(this.#at);
    await this.#admin.connect();
    await this.#admin.query('set search_path = evertill');
    await setTime(this.#admin, this.#now_ms);
  }

  async #backUp(backup: string): Promise<void> {
    const name = this.#backupName(backup);
    this.#backups.push(name);
    await this.#elsewhere(async (client) => {
      await client.query(`create database ${name} template ${this.#at.database}`);
    });
  }

  async #setBack({ backup, tags }: Extract<Deed, { did: 'set_back' }>): Promise<void> {
    await this.#elsewhere(async (client) => {
      await client.query(`drop database ${this.#at.database}`);
      await client.query(`create database ${this.#at.database} template ${this.#backupName(backup)}`);
    });
    await this.#admin.query('select restored()');
    // Tags are drawn: those that the model drew, so that cursors name the same past.
    for (const [stream, tag] of tags) {
      await this.#admin.query(
        `update stream_heads set tag = $2
         where store_id = case $1 when 'company' then 0 else (select store_id from stores where store::text = $1) end`,
        [stream, tag],
      );
    }
  }

  /** Rows of one column `row`, sorted as text. */
  async rows(sql: string): Promise<readonly string[]> {
    const { rows } = await this.#admin.query<{ row: string }>(sql);
    return rows.map(({ row }) => row).toSorted();
  }

  async close(): Promise<void> {
    await this.#elsewhere(async (client) => {
      for (const name of [this.#at.database, ...this.#backups])
        await client.query(`drop database if exists ${name} with (force)`);
      for (const login of this.#logins) await client.query(`drop role if exists ${login}`);
    }).catch((error: unknown) => {
      // The last step connects to what has just been dropped.
      if (!(error instanceof pg.DatabaseError) || error.code !== '3D000') throw error;
    });
  }
}
