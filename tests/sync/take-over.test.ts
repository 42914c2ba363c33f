import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type InstallationId, toHex, type Uuid } from '../../shared/ids.ts';
import { genesisHash } from '../../shared/journal/chain.ts';
import { centralAt } from '../../sync/central.ts';
import type { CentralPort } from '../../sync/central-port.ts';
import { enrol } from '../../sync/enrol.ts';
import type { JoinedTill } from './central-shop.ts';
import { ChainShop } from './chain-shop.ts';
import { connected, fetchAll, texts } from './fetch.ts';
import { firstFault, settle } from './forks.ts';
import { sha256, TestTill } from './test-till.ts';

let shop: ChainShop;

beforeAll(async () => {
  shop = await ChainShop.open();
});

afterAll(async () => {
  await shop.close();
});

const newInstallation = () => shop.central.ids.next<InstallationId>();

/** Makes a take-over code for a till, as the head office's server does. */
async function takeOverCode({ till }: JoinedTill) {
  const office = await shop.central.headOffice();
  const { rows } = await office.query<{ made: { answer: string; login: string; secret: string } }>(
    "select create_takeover_code(null, $1, '1 hour') as made",
    [till.options.till],
  );
  await office.end();
  const made = rows[0]?.made;
  if (made?.answer !== 'created') throw new Error(`no code: ${JSON.stringify(made)}`);
  const { host, port, database } = shop.central.at;
  return { host, port, database, login: made.login, secret: made.secret, ca_fingerprint: null };
}

type Code = Awaited<ReturnType<typeof takeOverCode>>;

/** A new PC uses a code. */
async function takeOver(code: Code, installation: InstallationId) {
  let password = '';
  const keepPassword = (made: string) => {
    password = made;
  };
  const result = await enrol(code, installation, { keepPassword, randomBytes });
  if (!result.ok) throw new Error(`${result.reason} ${result.detail}`);
  return { enrolled: result.enrolled, central: centralAt({ ...result.enrolled.address, password }, 'new PC') };
}

async function sayHello(central: CentralPort, till: TestTill, epoch = 1) {
  const { seq, hash } = till.head();
  const { installation } = till.options;
  return await connected(
    central,
    async (connection) => await connection.hello({ installation, epoch, seq, hash, at: '' }),
  );
}

describe('a new PC that takes over a till', () => {
  it('gets its journal back, whole and verified, opens an epoch of its own, and sells on under the same name', async () => {
    const joined = await shop.openTill(5);
    const forked = shop.fork(joined.till, 4, 2);
    settle(joined.till, forked, 4, 'B');
    await shop.push(joined, joined.till);
    const installation = newInstallation();
    const { enrolled, central } = await takeOver(await takeOverCode(joined), installation);
    const { seq, hash } = joined.till.head();
    expect(enrolled).toMatchObject({
      till: joined.till.options.till,
      store: shop.central.store,
      code: joined.till.options.code,
      acked_seq: seq,
      head_hash: toHex(hash),
      genesis_hash: toHex(genesisHash(sha256, joined.till.options.installation)),
    });
    expect(enrolled.address.login).not.toBe(joined.address.login);

    const { entries, answer } = await fetchAll(central, installation);
    expect(answer).toMatchObject({ acked_seq: seq, head_hash: toHex(hash), epoch: 2 });
    expect(texts(entries)).toEqual(texts(joined.till.entries));
    expect(firstFault(entries)).toBe(null);

    const replaced = shop.copy(joined.till, 0, installation);
    replaced.take(entries);
    expect(await sayHello(central, replaced)).toMatchObject({ answer: 'welcome', chain: 'equal' });
    replaced.openEpoch('replaced', 'C');
    shop.sell(replaced);
    expect(await shop.push({ ...joined, central }, replaced, { from: seq + 1, epoch: 2, installation })).toMatchObject({
      answer: 'taken',
      epoch: 3,
      acked_seq: seq + 2,
    });
    expect(await shop.value(joined, 'select count(*)::int from tills where till = $1')).toBe(1);
  });

  it('may be put out again: what it had said goes on in the old one, also where the head office forgot it', async () => {
    const joined = await shop.openTill(1);
    await shop.push(joined, joined.till);
    const { till } = joined;
    // The head office decided for the old PC, which took what the new one had said; then it came back from a backup of before.
    const replaced = shop.copy(till, till.head().seq, newInstallation());
    replaced.openEpoch('replaced', 'B');
    shop.sell(replaced);
    till.take(replaced.entries.slice(till.head().seq));
    const connection = await joined.central.connect();
    const { installation } = till.options;
    const { seq, hash } = till.head();
    const welcome = await connection.hello({ installation, epoch: 2, seq, hash, at: '' });
    expect(welcome).toMatchObject({ answer: 'welcome', chain: 'ahead', acked_seq: seq - 2 });
    till.openEpoch('restored', 'C');
    shop.sell(till);
    const entries = till.entries.slice(seq - 2);
    expect(await connection.push({ epoch: 1, entries, unprojected: false })).toMatchObject({
      answer: 'taken',
      epoch: 3,
      acked_seq: seq + 2,
    });
    connection.destroy();
  });

  it('leaves the old PC able to say hello, and to be told that it is not the till any more', async () => {
    const joined = await shop.openTill(1);
    await shop.push(joined, joined.till);
    const stale = await joined.central.connect();
    const { installation } = joined.till.options;
    const { seq, hash } = joined.till.head();
    expect(await stale.hello({ installation, epoch: 1, seq, hash, at: '' })).toMatchObject({ answer: 'welcome' });
    await takeOver(await takeOverCode(joined), newInstallation());

    const refused = { answer: 'refused', reason: 'installation', acked_seq: 4 };
    expect(await sayHello(joined.central, joined.till)).toMatchObject(refused);
    // On the connection that it had before, too: nothing of it is taken, and it is told nothing.
    shop.sell(joined.till);
    const entries = joined.till.entries.slice(4);
    expect(await stale.push({ epoch: 1, entries, unprojected: false })).toMatchObject(refused);
    expect(await stale.hashes(installation, [0, 1])).toMatchObject(refused);
    expect(await stale.fetch(installation, 0, { count: 10, bytes: 1000 })).toMatchObject(refused);
    expect(await stale.pull({ company: null, store: null }, 500)).toMatchObject(refused);
    stale.destroy();
    expect(
      await shop.value(
        joined,
        'select acked_seq::int from till_heads join tills using (store_id, till_id) where till = $1',
      ),
    ).toBe(4);
  });

  it('leaves the old PC nothing where it does not say which PC it is, before the new one has said a word and after', async () => {
    const joined = await shop.openTill(1);
    await shop.push(joined, joined.till);
    const { seq } = joined.till.head();
    const installation = newInstallation();
    const { central } = await takeOver(await takeOverCode(joined), installation);
    const replaced = shop.copy(joined.till, seq, installation);
    shop.sell(joined.till);
    const refused = { answer: 'refused', reason: 'installation' };
    // As a till of an older version asks: nobody has said hello on the connection.
    const nameless = async (epoch: number) => {
      const connection = await joined.central.connect();
      const entries = joined.till.entries.slice(seq);
      expect(await connection.push({ epoch, entries, unprojected: false })).toMatchObject(refused);
      expect(await connection.pull({ company: null, store: null }, 500)).toMatchObject(refused);
      connection.destroy();
    };
    await nameless(1);
    replaced.openEpoch('replaced', 'B');
    expect(await shop.push({ ...joined, central }, replaced, { from: seq + 1, epoch: 1, installation })).toMatchObject({
      answer: 'taken',
    });
    await nameless(2);
  });

  it('may ask again with its code; another may not, and one code at a time is open', async () => {
    const joined = await shop.openTill(1);
    await shop.push(joined, joined.till);
    const code = await takeOverCode(joined);
    expect(await shop.value(joined, "select create_takeover_code(null, $1, '1 hour') ->> 'answer'")).toBe('taken');
    const installation = newInstallation();
    const first = await takeOver(code, installation);
    const again = await takeOver(code, installation);
    expect(again.enrolled).toEqual(first.enrolled);
    await expect(first.central.connect()).rejects.toMatchObject({ fault: 'login' });
    await expect(takeOver(code, newInstallation())).rejects.toThrow('used');
    // When somebody else has been let in meanwhile, the code is no longer good, and asking again does not turn that back.
    const later = newInstallation();
    await takeOver(await takeOverCode(joined), later);
    await expect(takeOver(code, installation)).rejects.toThrow('used');
    const copy = shop.copy(joined.till, 4, installation);
    expect(await sayHello(again.central, copy)).toMatchObject({ answer: 'refused', reason: 'installation' });
    expect(
      await shop.value(
        joined,
        'select installation from till_heads join tills using (store_id, till_id) where till = $1',
      ),
    ).toBe(later);
  });

  it('before the first entry begins the chain itself', async () => {
    const joined = await shop.openTill(0);
    const installation = newInstallation();
    const { enrolled, central } = await takeOver(await takeOverCode(joined), installation);
    const genesis = toHex(genesisHash(sha256, installation));
    expect(enrolled).toMatchObject({ acked_seq: 0, genesis_hash: genesis, head_hash: genesis });
    const fresh = new TestTill({ ...joined.till.options, installation });
    expect(await sayHello(central, fresh, 0)).toMatchObject({
      answer: 'welcome',
      chain: 'equal',
      genesis_hash: genesis,
    });
    fresh.open();
    expect(await shop.push({ ...joined, central }, fresh, { installation })).toMatchObject({ answer: 'taken' });
  });

  it('is not let in for a till that is out of use, and nothing is changed', async () => {
    const joined = await shop.openTill(1);
    await shop.push(joined, joined.till);
    const setActive = async (active: boolean) =>
      await shop.value(joined, `select set_till_active(null, $1, ${active}) ->> 'answer'`);
    const made = async () => await shop.value(joined, "select create_takeover_code(null, $1) ->> 'answer'");
    await setActive(false);
    expect(await made()).toBe('inactive');
    await setActive(true);
    const code = await takeOverCode(joined);
    await setActive(false);
    const installation = newInstallation();
    await expect(takeOver(code, installation)).rejects.toThrow('till_inactive');
    expect(
      await shop.value(
        joined,
        'select installation from till_heads join tills using (store_id, till_id) where till = $1',
      ),
    ).toBe(joined.till.options.installation);
    // The code is good still; and what was used before the till was taken out of use helps nobody.
    await setActive(true);
    expect((await takeOver(code, installation)).enrolled).toMatchObject({ till: joined.till.options.till });
    await setActive(false);
    await expect(takeOver(code, installation)).rejects.toThrow('till_inactive');
  });

  it('is not let in for a till that is not there', async () => {
    const { rows } = await shop.central.admin.query<{ made: unknown }>(
      'select create_takeover_code(null, $1) as made',
      [newInstallation()],
    );
    expect(rows).toEqual([{ made: { answer: 'unknown' } }]);
  });
});

describe('the head office decides who speaks for a till', () => {
  const decide = async ({ till }: JoinedTill, installation: Uuid) =>
    await shop.central.value("select decide_installation(null, $1, $2) ->> 'answer'", [
      till.options.till,
      installation,
    ]);

  it('and the one it chose syncs on from then, every other is refused', async () => {
    const joined = await shop.openTill(2);
    await shop.push(joined, joined.till);
    const clone = shop.copy(joined.till, 5, newInstallation());
    clone.openEpoch('cloned', 'B');
    shop.sell(clone);
    expect(await decide(joined, clone.options.installation)).toBe('unknown');
    expect(await sayHello(joined.central, clone, 2)).toMatchObject({ answer: 'refused', reason: 'installation' });
    expect(await decide(joined, clone.options.installation)).toBe('recorded');
    expect(await sayHello(joined.central, joined.till)).toMatchObject({ answer: 'refused', reason: 'installation' });
    expect(await sayHello(joined.central, clone, 2)).toMatchObject({ answer: 'welcome', chain: 'ahead' });
    expect(
      await shop.push(joined, clone, { from: 6, epoch: 1, installation: clone.options.installation }),
    ).toMatchObject({ answer: 'taken', acked_seq: 7 });
    // And back again.
    expect(await decide(joined, joined.till.options.installation)).toBe('recorded');
    expect(await sayHello(joined.central, clone, 2)).toMatchObject({ answer: 'refused', reason: 'installation' });
  });

  it("and what the one before told of itself is no longer shown as the till's", async () => {
    const joined = await shop.openTill(2);
    await shop.push(joined, joined.till);
    await sayHello(joined.central, joined.till);
    const clone = shop.copy(joined.till, 4, newInstallation());
    clone.openEpoch('cloned', 'B');
    shop.sell(clone, 5);
    await sayHello(joined.central, clone, 2);
    await decide(joined, clone.options.installation);
    expect(
      await shop.value(
        joined,
        'select row(reported_seq, reported_chain, reported_hash)::text from till_heads join tills using (store_id, till_id) where till = $1',
      ),
    ).toBe(`(10,,"\\\\x${toHex(clone.head().hash)}")`);
  });

  it('also for a till that was restored twice before anybody heard of it: its history comes along', async () => {
    const joined = await shop.openTill(2);
    await shop.push(joined, joined.till);
    const once = shop.copy(joined.till, 5, newInstallation());
    once.openEpoch('restored', 'B');
    shop.sell(once);
    const twice = shop.copy(once, 7, newInstallation());
    twice.openEpoch('restored', 'C');
    shop.sell(twice);
    await sayHello(joined.central, twice, 3);
    await decide(joined, twice.options.installation);
    expect(
      await shop.push(joined, twice, { from: 6, epoch: 1, installation: twice.options.installation }),
    ).toMatchObject({ answer: 'taken', epoch: 3, acked_seq: 9, quarantined: 0 });
  });

  it('for a shop that joins with its history: hash(0) is that of the installation that began it', async () => {
    const joined = await shop.openTill(0);
    const first = newInstallation();
    const { ids, ...options } = joined.till.options;
    const history = new TestTill({ ...options, ids, installation: first });
    history.open();
    shop.sell(history, 3);
    const restored = shop.copy(history, 6, options.installation);
    restored.openEpoch('restored', 'B');
    shop.sell(restored);
    expect(await sayHello(joined.central, restored, 2)).toMatchObject({
      answer: 'welcome',
      chain: 'ahead',
      acked_seq: 0,
    });
    expect(await shop.push(joined, restored, { installation: options.installation })).toMatchObject({
      answer: 'taken',
      acked_seq: 8,
      epoch: 2,
    });
    const genesis_hash = toHex(genesisHash(sha256, first));
    expect(await sayHello(joined.central, restored, 2)).toMatchObject({ chain: 'equal', genesis_hash });
    // A PC that has nothing of it yet, and begins with the same hash(0).
    expect(await sayHello(joined.central, shop.copy(restored, 0), 0)).toMatchObject({ chain: 'behind' });
  });

  it('among the last twenty that asked', async () => {
    const joined = await shop.openTill(0);
    const asked = Array.from({ length: 25 }, newInstallation);
    for (const installation of asked) await sayHello(joined.central, shop.copy(joined.till, 0, installation));
    await sayHello(joined.central, joined.till);
    const { rows } = await shop.central.admin.query<{ installation: string }>(
      'select installation from till_installations join tills using (store_id, till_id) where till = $1 order by last_seen_at desc',
      [joined.till.options.till],
    );
    expect(rows.map((row) => row.installation)).toEqual([
      joined.till.options.installation,
      ...asked.slice(-19).toReversed(),
    ]);
  });
});
