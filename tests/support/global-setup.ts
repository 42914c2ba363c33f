import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startTestCluster } from './cluster.ts';
import { buildScreens, type ScreensKind } from './screens.ts';
import type { SharedByRun } from './shared-by-run.ts';

/** Something that a whole run of vitest shares: what tests are told of it, and how it goes away. */
interface Made<Told> {
  readonly told: Told;
  readonly remove: () => void | Promise<void>;
}

const makers: { readonly [Name in keyof SharedByRun]: () => Promise<Made<SharedByRun[Name]>> } = {
  postgres: async () => {
    const { host, password, port, remove, user } = await startTestCluster({ name: 'shared' });
    return { told: { host, port, user, password }, remove };
  },
  screens: () => makeScreens('production'),
  developmentScreens: () => makeScreens('development'),
  demoShop: async () => {
    // Most runs of a few files need none, nor what it takes to make it.
    const { prepareDemo } = await import('../e2e/support/demo-shop.ts');
    const folder = newFolder('demo-shop');
    const { folder: told } = await prepareDemo(folder);
    return { told, remove: () => removeFolder(folder) };
  },
};

/**
 * What the files of a run share is made when the first test asks for it, not before. Tests ask this process over loopback,
 * because it outlives every worker; the address holds a random path, so that nothing else on the PC starts it by chance.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const path = `/${randomUUID()}/`;
  const made = new Map<string, Promise<Made<unknown>>>();
  const server = createServer((request, response) => {
    const name = request.url?.startsWith(path) === true ? request.url.slice(path.length) : '';
    if (!isShared(name)) {
      response.writeHead(404).end();
      return;
    }
    const making = made.get(name) ?? makers[name]();
    made.set(name, making);
    making.then(
      ({ told }) => response.end(JSON.stringify(told)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen({ host: '127.0.0.1', port: 0 }, resolve));
  const listening = server.address();
  if (listening === null || typeof listening === 'string') throw new Error('the server is not listening on a port');
  project.provide('sharedByRun', `http://127.0.0.1:${listening.port}${path}`);
  return async () => {
    server.closeAllConnections();
    server.close();
    for (const making of made.values()) await (await making.catch(() => undefined))?.remove();
  };
}

async function makeScreens(kind: ScreensKind): Promise<Made<string>> {
  const folder = newFolder(`screens-${kind}`);
  await buildScreens(folder, { kind });
  return { told: folder, remove: () => removeFolder(folder) };
}

function isShared(name: string): name is keyof SharedByRun {
  return Object.hasOwn(makers, name);
}

function newFolder(name: string): string {
  return mkdtempSync(join(tmpdir(), `evertill-${name}-`));
}

function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}
