/** What the head office does about a till whose PC was replaced, copied or restored, and about entries that were put aside. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type InstallationId, toHex } from '../../shared/ids.ts';
import { centralAt } from '../../sync/central.ts';
import { enrol } from '../../sync/enrol.ts';
import { readCode } from '../../sync/enrolment-code.ts';
import type { JoinedTill } from '../sync/central-shop.ts';
import { settle } from '../sync/forks.ts';
import { makeProduct, makeSale, type TestProduct } from '../sync/sales.ts';
import { Ids, type TestTill } from '../sync/test-till.ts';
import { openOffice, pushAll, type TestOffice } from './office.ts';

let one: TestOffice;
let product: TestProduct;
let tills = 0;

beforeAll(async () => {
  one = await openOffice();
  product = makeProduct(one.shop.ids);
});
afterAll(() => one.close());

function sell(till: TestTill): string {
  const sale = makeSale(till, [{ product, quantity_milli: 1000 }]);
  till.append('sale.completed', sale);
  return sale.sale;
}

/** A till that has sold twice and pushed it. */
async function openTill(): Promise<JoinedTill> {
  tills += 1;
  const joined = await one.shop.join(`PC${String(tills)}`);
  joined.till.open();
  sell(joined.till);
  sell(joined.till);
  await pushAll(joined);
  return joined;
}

const rowOf = async ({ till }: JoinedTill) =>
  (await one.client.till.list({})).tills.find((row) => row.till === till.options.till);

/** Another PC says hello with what the till's own knows. */
async function ask(joined: JoinedTill, other: TestTill) {
  const connection = await centralAt(joined.address, '0.1.0').connect();
  const { seq, hash } = other.head();
  const about = { installation: other.options.installation, epoch: 2, at: new Date().toISOString() };
  const answer = await connection.hello({ ...about, seq, hash });
  connection.destroy();
  return answer;
}

describe('another PC that asks to speak for a till', () => {
  it('is shown beside the one that does, until it is decided; then it syncs, and the old one is refused', async () => {
    const joined = await openTill();
    const current = joined.till.options.installation;
    const shown = { reported_seq: 5, is_current: true, installation: current };
    expect(await rowOf(joined)).toMatchObject({ state: 'equal', installations: [shown] });
    const pulse = await one.client.sync.pulse({});

    const installation = one.shop.ids.next<InstallationId>();
    const clone = joined.till.copy(installation, new Ids(0x7001), 4);
    clone.openEpoch('cloned', 'B');
    sell(clone);
    sell(clone);
    expect(await ask(joined, clone)).toMatchObject({ answer: 'refused', reason: 'installation' });
    expect(await rowOf(joined)).toMatchObject({
      state: 'replaced',
      reported: { seq: 5 },
      installations: [{ installation, reported_seq: 7, is_current: false }, shown],
    });
    expect((await one.client.sync.pulse({})).tills).not.toBe(pulse.tills);

    const { till } = joined.till.options;
    await expect(one.client.till.decide_installation({ till, installation: one.shop.ids.next() })).rejects.toThrow(
      'record.not_found',
    );
    await one.client.till.decide_installation({ till, installation });
    const decided = await rowOf(joined);
    expect(decided?.installations.map((row) => row.installation)).toEqual([installation]);
    expect(decided).toMatchObject({ state: 'waiting', lag: 2, reported: { seq: 7 } });
    expect(await ask(joined, clone)).toMatchObject({ answer: 'welcome' });
    expect(await ask(joined, joined.till)).toMatchObject({ answer: 'refused', reason: 'installation' });
    // What the superseded PC has sold since isn't here: that stays in sight.
    expect(await rowOf(joined)).toMatchObject({ state: 'replaced' });
  });
});

describe('a PC that asks, and is passed over', () => {
  const asking = async ({ till }: JoinedTill) =>
    (await one.client.inbox.list({})).installations.filter((row) => row.till === till.options.till);

  it('is no longer shown however often it asks, until it has sold on', async () => {
    const joined = await openTill();
    const { till } = joined.till.options;
    const clone = joined.till.copy(one.shop.ids.next<InstallationId>(), new Ids(0x7003), 4);
    clone.openEpoch('cloned', 'C');
    await ask(joined, clone);
    const [shown] = await asking(joined);
    expect(shown).toMatchObject({ spoke_until: null, reported_seq: 5, held_seq: 5 });
    const over = { till, installation: clone.options.installation };

    await expect(one.client.till.pass_over({ ...over, reported_seq: 4 })).rejects.toThrow('record.not_found');
    await one.client.till.pass_over({ ...over, reported_seq: 5 });
    expect(await ask(joined, clone)).toMatchObject({ answer: 'refused', reason: 'installation' });
    expect(await asking(joined)).toEqual([]);
    expect(await rowOf(joined)).toMatchObject({ state: 'equal' });

    expect((await rowOf(joined))?.installations).toMatchObject([
      { installation: clone.options.installation, is_asking: false },
      { is_current: true },
    ]);

    sell(clone);
    await ask(joined, clone);
    expect(await asking(joined)).toMatchObject([{ reported_seq: 6, held_seq: 5 }]);
    expect(await rowOf(joined)).toMatchObject({ state: 'replaced' });
  });

  it('is shown again where its file was put back from a backup and it sold on from a lower number', async () => {
    const joined = await openTill();
    const { till } = joined.till.options;
    const clone = joined.till.copy(one.shop.ids.next<InstallationId>(), new Ids(0x7005), 4);
    clone.openEpoch('cloned', 'E');
    const older = clone.copy(clone.options.installation, new Ids(0x7006), 5);
    for (let n = 0; n < 5; n += 1) sell(clone);
    await ask(joined, clone);
    const over = { till, installation: clone.options.installation };
    await one.client.till.pass_over({ ...over, reported_seq: 10 });
    expect(await asking(joined)).toEqual([]);
    sell(older);
    await ask(joined, older);
    expect(await asking(joined)).toMatchObject([{ reported_seq: 6 }]);
  });

  it('is never the one that speaks, nor one of another till, nor one that never asked', async () => {
    const joined = await openTill();
    const { installation, till } = joined.till.options;
    for (const of of [installation, one.shop.ids.next<InstallationId>()])
      await expect(one.client.till.pass_over({ till, installation: of, reported_seq: 99 })).rejects.toThrow(
        'record.not_found',
      );
  });

  it('may be the one that was replaced: that is said, and it can be let speak again', async () => {
    const joined = await openTill();
    await ask(joined, joined.till);
    const clone = joined.till.copy(one.shop.ids.next<InstallationId>(), new Ids(0x7004), 4);
    clone.openEpoch('cloned', 'D');
    await ask(joined, clone);
    const { till } = joined.till.options;
    await one.client.till.decide_installation({ till, installation: clone.options.installation });
    await ask(joined, clone);
    await ask(joined, joined.till);
    const [former] = await asking(joined);
    expect(former).toMatchObject({ installation: joined.till.options.installation, reported_seq: 5 });
    expect(Date.parse(former?.spoke_until ?? '')).not.toBeNaN();

    await one.client.till.pass_over({ till, installation: joined.till.options.installation, reported_seq: 5 });
    expect(await asking(joined)).toEqual([]);
    // Passed over or not: whoever is let speak, speaks, and the other one is the former then.
    await one.client.till.decide_installation({ till, installation: joined.till.options.installation });
    await ask(joined, clone);
    const [other] = await asking(joined);
    expect(other).toMatchObject({ installation: clone.options.installation });
    expect(other?.spoke_until).not.toBeNull();
  });
});

describe('a code for a new PC', () => {
  it('is made for a till that is there, shown once, and lets one PC take it over', async () => {
    const joined = await openTill();
    const { till, code: till_code } = joined.till.options;
    const made = await one.client.enrolment.create_takeover({ till });
    await expect(one.client.enrolment.create_takeover({ till })).rejects.toMatchObject({
      failure: { code: 'input.malformed', data: { where: 'till' } },
    });
    const [listed] = (await one.client.enrolment.list({})).codes;
    expect(listed).toMatchObject({ till_code, is_takeover: true, used_at: null, login: made.login });
    expect(JSON.stringify(await one.client.enrolment.list({}))).not.toContain(made.code.split('/').at(-1));

    const read = readCode(made.code);
    if (!read.ok) throw new Error(read.fault);
    const parts = {
      keepPassword: () => undefined,
      randomBytes: (count: number) => crypto.getRandomValues(new Uint8Array(count)),
    };
    const taken = await enrol(read.code, one.shop.ids.next(), parts);
    const { seq, hash } = joined.till.head();
    expect(taken).toMatchObject({ ok: true, enrolled: { till, acked_seq: seq, head_hash: toHex(hash) } });
    expect(await enrol(read.code, one.shop.ids.next(), parts)).toMatchObject({ ok: false, reason: 'used' });
    expect((await one.client.till.list({})).tills.filter((row) => row.till_code === till_code).length).toBe(1);
    await expect(one.client.enrolment.create_takeover({ till: one.shop.ids.next() })).rejects.toThrow(
      'record.not_found',
    );
    await one.client.till.set_active({ till, active: false });
    await expect(one.client.enrolment.create_takeover({ till })).rejects.toThrow('enrolment.till_inactive');
  });
});

describe('an entry', () => {
  it('of a fork is shown as the sale that it is, and matches its entry', async () => {
    const joined = await openTill();
    const forked = joined.till.copy(joined.till.options.installation, new Ids(0x7002), 4);
    const sale = sell(forked);
    settle(joined.till, forked, 4, 'B');
    await pushAll(joined);
    const shown = await one.client.sale.show({ store: one.shop.store, sale: sale as never });
    expect(shown).toMatchObject({ kind: 'sale', matches_entry: true, entry: { seq: 7, epoch: 2 } });
    expect(shown.lines[0]?.taxes[0]).toMatchObject({ code: 'A' });
    await one.shop.admin.query('update sales set total_minor = total_minor + 1 where sale = $1', [sale]);
    expect((await one.client.sale.show({ store: one.shop.store, sale: sale as never })).matches_entry).toBe(false);
  });

  it('that was put aside is read again when the fault is mended, and says why while it is not', async () => {
    const joined = await openTill();
    const { till } = joined.till.options;
    await one.shop.admin.query('alter table sales add constraint a_fault check (total_minor > 40) not valid');
    const sale = sell(joined.till);
    await pushAll(joined);
    const asked = { till, seq: 6 };
    expect(await one.client.quarantine.project_again(asked)).toMatchObject({ projected: false, code: '23514' });
    expect((await one.client.quarantine.list({})).entries[0]).toMatchObject({ seq: 6, kind: 'sale.completed' });
    await one.shop.admin.query('alter table sales drop constraint a_fault');
    const projected = { projected: true, code: null, reason: null };
    expect(await one.client.quarantine.project_again(asked)).toEqual(projected);
    expect(await one.client.quarantine.project_again(asked)).toEqual(projected);
    expect((await one.client.quarantine.list({})).total).toBe(0);
    expect(await one.client.sale.show({ store: one.shop.store, sale: sale as never })).toMatchObject({
      matches_entry: true,
    });
    await expect(one.client.quarantine.project_again({ till, seq: 7 })).rejects.toThrow('record.not_found');
  });
});
