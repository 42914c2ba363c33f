import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { InstallationId } from '../../shared/ids.ts';
import { centralAt } from '../../sync/central.ts';
import { enrol } from '../../sync/enrol.ts';
import { createDatabase } from '../support/postgres.ts';
import { CentralShop } from '../sync/central-shop.ts';
import { choose, cutsOf } from './cut-points.ts';
import { WireProxy } from './wire-proxy.ts';

let shop: CentralShop;

beforeAll(async () => {
  shop = await CentralShop.open(await createDatabase());
});

afterAll(async () => {
  await shop.close();
});

/** Joins over the proxy. Answers the result, and the password that was made. */
async function join(code: Awaited<ReturnType<CentralShop['makeCode']>>, installation: InstallationId, port: number) {
  let password = '';
  const keepPassword = (made: string) => {
    password = made;
  };
  return { result: await enrol({ ...code, port }, installation, { keepPassword, randomBytes }), password };
}

// Silence is not among them: joining waits ten seconds, as somebody who stands before the screen would.
it('a till joins once, wherever the wire was reset while it asked, and asks again with the same code', async () => {
  const clean = await WireProxy.open(shop.at);
  const { result } = await join(await shop.makeCode('J0'), shop.ids.next(), clean.port);
  expect(result).toMatchObject({ ok: true });
  const all = cutsOf(clean.seen, ['reset']);
  const cuts = choose(all, 35);
  await clean.close();
  expect(all.length).toBeGreaterThan(90);
  let unheard = 0;
  for (const [i, { cut, name }] of cuts.entries()) {
    const proxy = await WireProxy.open(shop.at);
    const code = await shop.makeCode(`J${i + 1}`);
    const installation = shop.ids.next<InstallationId>();
    proxy.cutNext(cut);
    const first = await join(code, installation, proxy.port);
    const joined = `select count(*)::int from tills where code = 'J${i + 1}'`;
    if (!first.result.ok && (await shop.value(joined)) === 1) unheard += 1;
    const again = await join(code, installation, proxy.port);
    if (!again.result.ok) throw new Error(`${name}: ${again.result.reason} ${again.result.detail}`);
    expect({ name, cuts: proxy.cuts, tills: await shop.value(joined) }).toEqual({ name, cuts: 1, tills: 1 });
    const { address } = again.result.enrolled;
    (await centralAt({ ...address, password: again.password }, 'test').connect()).destroy();
    await proxy.close();
  }
  // Central had made the till, and the answer that says so was lost.
  expect(unheard).toBeGreaterThan(0);
  console.log(`joining: ${cuts.length} of ${all.length} cuts, ${unheard} of them lost the answer`);
}, 600_000);
