import pg from 'pg';
import { afterAll, describe, expect, test } from 'vitest';
import { startTestCluster, type TestCluster } from '../support/cluster.ts';
import { createDatabase, type DatabaseTemplate, type PostgresAddress } from '../support/postgres.ts';

async function ask(config: PostgresAddress & { readonly database?: string }, sql: string): Promise<unknown[][]> {
  const { host, port, user, password, database = 'postgres' } = config;
  const client = new pg.Client({ host, port, user, password, database });
  await client.connect();
  try {
    return (await client.query<unknown[]>({ text: sql, rowMode: 'array' })).rows;
  } finally {
    await client.end();
  }
}

describe('the PostgreSQL that the test files share', () => {
  test('two databases know nothing of each other', async () => {
    const [mine, yours] = await Promise.all([createDatabase(), createDatabase()]);
    await ask(mine, 'CREATE TABLE things (n int)');
    const names = "SELECT count(*) FROM pg_tables WHERE tablename = 'things'";
    expect(await ask(mine, names)).toEqual([['1']]);
    expect(await ask(yours, names)).toEqual([['0']]);
  });

  test('a template is prepared once, however many ask for it at the same time', async () => {
    let prepared = 0;
    const template: DatabaseTemplate = {
      name: `template_of_process_${process.pid}`,
      prepare: async (client) => {
        prepared += 1;
        await client.query('CREATE TABLE things AS SELECT 42 AS n');
      },
    };
    const databases = await Promise.all(Array.from({ length: 4 }, () => createDatabase(template)));
    expect(await Promise.all(databases.map((database) => ask(database, 'SELECT n FROM things')))).toEqual(
      Array.from({ length: 4 }, () => [[42]]),
    );
    expect(prepared).toBe(1);
  });

  test('a template whose preparation fails is not taken for made', async () => {
    const name = `template_that_fails_${process.pid}`;
    const fail = () => Promise.reject(new Error('half done'));
    await expect(createDatabase({ name, prepare: fail })).rejects.toThrow('half done');
    const database = await createDatabase({ name, prepare: async (client) => void (await client.query('SELECT 1')) });
    await database.drop();
    await expect(ask(database, 'SELECT 1')).rejects.toThrow('does not exist');
  });

  test('letters beyond ASCII fold, and passwords are SCRAM', async () => {
    const database = await createDatabase();
    expect(await ask(database, "SELECT lower('ÄØЖ')")).toEqual([['äøж']]);
    expect(await ask(database, "SELECT left(rolpassword, 13) FROM pg_authid WHERE rolname = 'postgres'")).toEqual([
      ['SCRAM-SHA-256'],
    ]);
    await expect(ask({ ...database, password: 'wrong' }, 'SELECT 1')).rejects.toThrow('password authentication failed');
  });
});

describe('a cluster of its own', () => {
  const opened: TestCluster[] = [];
  afterAll(async () => {
    for (const cluster of opened) await cluster.remove();
  });
  const open = async (name: string, settings?: Readonly<Record<string, string>>) => {
    const cluster = await startTestCluster({ name, ...(settings === undefined ? {} : { settings }) });
    opened.push(cluster);
    return cluster;
  };

  test('comes back on the same port with what was committed, after a stop and after a crash', async () => {
    const first = await open('tooling-restart', { fsync: 'on', synchronous_commit: 'on' });
    await ask(first, 'CREATE TABLE things AS SELECT 1 AS n');
    await first.stop();
    await first.stop();
    await expect(ask(first, 'SELECT 1')).rejects.toThrow('ECONNREFUSED');
    const second = await first.restart();
    expect(second.port).toBe(first.port);
    await ask(second, 'INSERT INTO things VALUES (2)');
    await second.crash();
    await expect(ask(second, 'SELECT 1')).rejects.toThrow('ECONNREFUSED');
    const third = await second.restart();
    expect(await ask(third, 'SELECT n FROM things ORDER BY n')).toEqual([[1], [2]]);
    await third.stop();
  });

  test('is not pulled away from under the process that uses it', async () => {
    const cluster = await open('tooling-in-use');
    await expect(cluster.restart()).rejects.toThrow(`in use by process ${process.pid}`);
    expect(await ask(cluster, 'SELECT 1')).toEqual([[1]]);
    await cluster.stop();
  });

  test('a server that refuses to start says why', async () => {
    await expect(open('tooling-refused', { shared_buffers: 'plenty' })).rejects.toThrow('shared_buffers');
  });
});
