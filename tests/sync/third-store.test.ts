/** What a store writes down under a number of two others: it changes nothing of what they are told, and keeps nobody's goods. */
import { expect, it } from 'vitest';
import { type Place, transferCompany } from './transfer-company.ts';

const company = transferCompany();
const { asideOf, correct, inStep, level, linesOf, matters, openPlace, receive, send, stateOf, told } = company;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Receives lines that no till's own schema would pass. */
function receiveAs({ joined: { till } }: Place, number: string, lines: readonly object[]): void {
  const good = { receipt: company.shop.ids.next<never>(), number, lines: linesOf([[0, 1]]) };
  const entry = JSON.parse(decoder.decode(till.append('stock.received', good).bytes));
  till.entries.pop();
  till.appendBytes(encoder.encode(JSON.stringify({ ...entry, body: { ...entry.body, lines } })));
}

const positionOf = async (number: string) =>
  await company.shop.value("select position::int from feed_rows where kind = 'transfer' and key = $1", [number]);
const madeUp = (n: number) =>
  Array.from({ length: n }, () => ({
    product: company.shop.ids.next<never>(),
    sku: 'EVIL',
    name: '\u0001'.repeat(200),
    unit: 'kg',
    quantity_milli: 0,
  }));

it("gives no product of the next number a name: the stores are told the sender's words, and no word of a third", async () => {
  const [from, to, third] = [await openPlace(), await openPlace(), await openPlace()];
  const number = `${from.joined.till.options.code}-A-T1`;
  const [own, other] = linesOf([
    [0, 5],
    [1, 1],
  ]);
  const evil = { sku: 'EVIL', name: 'EVIL GOODS', unit: 'kg', quantity_milli: 0 };
  receiveAs(third, number, [{ ...own, ...evil }, { ...other, ...evil }, ...madeUp(1)]);
  await inStep(third);
  send(from, to, [[0, 5]]);
  await inStep(from, to);
  for (const place of [from, to])
    expect(told(place, number)).toMatchObject({
      lines: [{ name: own?.name, sku: own?.sku, unit: own?.unit }],
      seen: [],
    });
  // What the right store names besides is told in its words.
  receive(to, number, [
    [0, 5],
    [1, 1],
  ]);
  await inStep(to, from);
  const lines = [own, other].map((line) => expect.objectContaining({ name: line?.name, unit: line?.unit }));
  expect(told(from, number)).toMatchObject({ lines: expect.arrayContaining(lines) });
  expect(JSON.stringify(told(from, number))).not.toContain('EVIL');
  // Nor does it make the head office tell them anything again.
  const before = await positionOf(number);
  receiveAs(third, number, madeUp(3));
  await inStep(third);
  expect(await positionOf(number)).toBe(before);
  expect(await asideOf(third)).toEqual([]);
});

it('does not stop what two other stores are told, however many products it makes up', async () => {
  const [from, to, third] = [await openPlace(), await openPlace(), await openPlace()];
  const number = `${from.joined.till.options.code}-A-T1`;
  for (let i = 0; i < 4; i += 1) receiveAs(third, number, madeUp(1000));
  await inStep(third);
  // A till names no more than this of one number: what goes beyond it waits for somebody to look.
  expect(await asideOf(third)).toEqual(['23514', '23514']);
  send(from, to, [[0, 5]]);
  await inStep(from);
  const size = async () =>
    await company.shop.value("select row_bytes from feed_rows where kind = 'transfer' and key = $1", [number]);
  expect(await size()).toBeLessThan(1000);
  // Nor does the right one make it endless.
  for (let i = 0; i < 2; i += 1) receiveAs(to, number, madeUp(1000));
  receive(to, number, [[0, 5]]);
  await inStep(to);
  expect(await asideOf(to)).toEqual(['23514']);
  expect(await size()).toBeLessThan(1_500_000);
  await inStep(from);
  expect((told(from, number) as { readonly lines: readonly unknown[] }).lines).toHaveLength(1001);
});

it('keeps the right store from none of its goods by a number that it has mistyped', async () => {
  const [from, to, third] = [await openPlace(), await openPlace(), await openPlace()];
  const { number } = send(from, to, [[0, 5]]);
  receive(third, number, [[0, 5]]);
  receive(to, number, [[0, 2]], true);
  await inStep(from, third, to);
  await inStep(from, to);
  for (const place of [from, to])
    expect(told(place, number)).toMatchObject({ state: 'on_the_way', lines: [{ received_milli: 2000 }] });
  expect(await matters(number)).toEqual([{ number, kind: 'elsewhere', products: 1, different: 1 }]);
  receive(to, number, [[0, 3]], true);
  await inStep(to, from);
  // All has come to where it was sent; that another has it too is still to be looked at.
  expect(told(from, number)).toMatchObject({ state: 'received', lines: [{ received_milli: 5000 }] });
  expect(await matters(number)).toEqual([{ number, kind: 'elsewhere', products: 1, different: 1 }]);
  correct(third, number, [[0, -5]]);
  await inStep(third);
  expect([await stateOf(number), await matters(number)]).toEqual(['received', []]);
  expect([await level(to, 0), await level(third, 0)]).toEqual([5000, 0]);
});

it('is not what was received once the sender is heard, whoever was heard first', async () => {
  const [from, to, third] = [await openPlace(), await openPlace(), await openPlace()];
  const { number } = send(from, to, [[0, 5]]);
  receive(third, number, [[0, 5]]);
  await inStep(third, from);
  expect(told(from, number)).toMatchObject({ state: 'on_the_way', lines: [{ received_milli: null }] });
  receive(to, number, [[0, 5]], true);
  await inStep(to, from);
  expect(told(from, number)).toMatchObject({ state: 'received', lines: [{ received_milli: 5000 }] });
});
