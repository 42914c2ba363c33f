/**
 * Goods of a transfer that come in more than one delivery, and receipts of them that were wrong: what a store has received is
 * the sum of all that its tills wrote down, and what is still to come is missing nowhere.
 */
import { describe, expect, it } from 'vitest';
import { SyncRun } from './sync-run.ts';
import { type Place, transferCompany } from './transfer-company.ts';

const company = transferCompany();
const { asideOf, correct, inStep, level, matters, openPlace, receive, send, stateOf, told } = company;

describe('goods that come in two deliveries', () => {
  it('add up, and end it when all has come; until then nothing is missing', async () => {
    const [from, to] = [await openPlace(), await openPlace()];
    const { number } = send(from, to, [
      [0, 5],
      [1, 2],
    ]);
    receive(to, number, [[0, 3]], true);
    await inStep(from, to, from);
    expect(await stateOf(number)).toBe('on_the_way');
    expect(await matters(number)).toEqual([]);
    expect(told(from, number)).toMatchObject({
      state: 'on_the_way',
      lines: expect.arrayContaining([expect.objectContaining({ sent_milli: 5000, received_milli: 3000 })]),
      seen: [{ till: to.joined.till.options.till, seq: to.joined.till.entries.length }],
    });
    receive(
      to,
      number,
      [
        [0, 2],
        [1, 2],
      ],
      true,
    );
    await inStep(to, from);
    expect(told(from, number)).toMatchObject({ state: 'received' });
    expect(await matters(number)).toEqual([]);
    expect([await level(to, 0), await level(to, 1)]).toEqual([5000, 2000]);
  });

  it('end it short when whoever receives says so, and when the sender is heard last', async () => {
    const [from, to] = [await openPlace(), await openPlace()];
    const [short, whole] = [send(from, to, [[0, 5]]), send(from, to, [[1, 4]])];
    receive(to, short.number, [[0, 3]], true);
    receive(to, short.number, [[0, 0]]);
    receive(to, whole.number, [[1, 4]], true);
    await inStep(to);
    // Nobody has said yet how much it was.
    expect(await stateOf(whole.number)).toBe('on_the_way');
    await inStep(from);
    expect([await stateOf(short.number), await stateOf(whole.number)]).toEqual(['received', 'received']);
    expect(await matters(short.number, whole.number)).toEqual([
      { number: short.number, kind: 'different', products: 1, different: 1 },
    ]);
  });

  it('do not end it by goods that another store says to have', async () => {
    const [from, to, other] = [await openPlace(), await openPlace(), await openPlace()];
    const { number } = send(from, to, [[0, 5]]);
    receive(other, number, [[0, 5]]);
    receive(to, number, [[0, 1]], true);
    await inStep(from, other, to);
    expect(await stateOf(number)).toBe('on_the_way');
    expect(await matters(number)).toEqual([{ number, kind: 'elsewhere', products: 1, different: 1 }]);
  });
});

describe('a receipt that was wrong', () => {
  it('is put right: the stock, the difference, and whether more is awaited', async () => {
    const [from, to] = [await openPlace(), await openPlace()];
    const { number } = send(from, to, [[0, 5]]);
    receive(to, number, [[0, 50]]);
    await inStep(from, to);
    expect(await matters(number)).toEqual([{ number, kind: 'different', products: 1, different: 1 }]);
    await company.shop.admin.query('select note_transfer(null, $1)', [number]);
    correct(to, number, [[0, -47]], true);
    await inStep(to, from);
    expect([await level(to, 0), await stateOf(number)]).toEqual([3000, 'on_the_way']);
    expect(told(from, number)).toMatchObject({ lines: [{ received_milli: 3000 }] });
    correct(to, number, [[0, 2]]);
    await inStep(to, from);
    expect([await level(to, 0), await stateOf(number)]).toEqual([5000, 'received']);
    expect(await matters(number)).toEqual([]);
  });

  it('of a number that was mistyped is taken back whole: the transfer is on its way, and nothing is elsewhere', async () => {
    const [from, to, other] = [await openPlace(), await openPlace(), await openPlace()];
    const { number } = send(from, to, [[0, 5]]);
    receive(other, number, [[0, 5]]);
    receive(to, number, [[0, 5]]);
    correct(to, number, [[0, -5]], true);
    await inStep(from, other, to);
    expect(await matters(number)).toMatchObject([{ kind: 'elsewhere' }]);
    correct(other, number, [[0, -5]]);
    await inStep(other, from);
    expect([await stateOf(number), await matters(number)]).toEqual(['on_the_way', []]);
    expect(told(from, number)).toMatchObject({ state: 'on_the_way', lines: [{ received_milli: null }] });
    expect([await level(to, 0), await level(other, 0)]).toEqual([0, 0]);
  });

  it('takes back no more than its till wrote down, of no product that it did not, and nothing of another till', async () => {
    const [from, to] = [await openPlace(), await openPlace()];
    const { number } = send(from, to, [[0, 5]]);
    receive(to, number, [[0, 5]]);
    correct(to, number, [[0, -6]]);
    correct(to, number, [[1, -1]]);
    const joined = await company.shop.join(`R${to.joined.till.options.code}`, to.store);
    joined.till.open();
    const second: Place = { store: to.store, joined, run: new SyncRun(joined.till, joined.central), sent: 0 };
    correct(second, number, [[0, -1]]);
    await inStep(from, to, second);
    expect([await asideOf(to), await asideOf(second)]).toEqual([['23514', '23514'], ['23514']]);
    expect([await level(to, 0), await stateOf(number)]).toEqual([5000, 'received']);
  });
});
