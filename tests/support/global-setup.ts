import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { TestProject } from 'vitest/node';
import { startTestCluster, type TestCluster } from './cluster.ts';
import type { PostgresAddress } from './postgres.ts';

/**
 * One PostgreSQL for a whole run of vitest. It is started when the first test asks for a database, not before: most
 * runs of a few files need none. Tests ask this process over loopback, because it outlives every worker; the address
 * holds a random path, so that nothing else on the PC starts it by chance.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const path = `/${randomUUID()}`;
  let cluster: Promise<TestCluster> | undefined;
  const server = createServer((request, response) => {
    if (request.url !== path) {
      response.writeHead(404).end();
      return;
    }
    cluster ??= startTestCluster({ name: 'shared' });
    cluster.then(
      ({ host, port, user, password }) => {
        const address: PostgresAddress = { host, port, user, password };
        response.end(JSON.stringify(address));
      },
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen({ host: '127.0.0.1', port: 0 }, resolve));
  const listening = server.address();
  if (listening === null || typeof listening === 'string') throw new Error('the server is not listening on a port');
  project.provide('postgres', `http://127.0.0.1:${listening.port}${path}`);
  return async () => {
    server.closeAllConnections();
    server.close();
    await (await cluster?.catch(() => undefined))?.remove();
  };
}
