import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Result } from '../../../shared/contract/errors.ts';
import type { CommandId, ProductId, StoreId } from '../../../shared/ids.ts';
import { newId } from '../../line/line.ts';
import { createGoodsDraft, type Goods, noChoices } from './goods-draft.ts';

const input = z.strictObject({ lines: z.number() });

/** A window: each `draft()` is what stands there after a reload. */
function window() {
  const held = new Map<string, string>();
  const storage = {
    getItem: (key: string) => held.get(key) ?? null,
    setItem: (key: string, text: string) => void held.set(key, text),
    removeItem: (key: string) => void held.delete(key),
  };
  return {
    held,
    draft: (corrects?: string) => createGoodsDraft(storage, { name: 'till.send', input, corrects }),
  };
}

function some(quantity_milli: number, sent_milli: number | null = null): Goods {
  return { product: newId<ProductId>(), sku: 'MUG', name: 'Mug', unit: 'piece', quantity_milli, sent_milli };
}

const done: Result<string> = { ok: true, value: 'HS1-A-T1' };
const refusal = (code: 'connection.lost' | 'session.ended' | 'record.not_found' | 'command.conflict') => {
  return { ok: false, error: { code, data: {} } } satisfies Result<string>;
};

/** A till that answers each of what is sent off with the next of `results`. */
function answering(...results: Result<string>[]) {
  const sent: { readonly lines: number; readonly command: CommandId }[] = [];
  const run = async ({ lines }: z.infer<typeof input>, command: CommandId): Promise<Result<string>> => {
    sent.push({ lines, command });
    return results[sent.length - 1] ?? done;
  };
  return { run, sent };
}

describe('goods that were written down', () => {
  it('are there again after a reload, in their order, with what was said of them', () => {
    const { draft } = window();
    const [mug, cup, jug] = [some(0, 3000), some(0, 2000), some(1000)];
    const choices = { to_store: newId<StoreId>(), awaits_more: true };
    expect(draft().readChoices()).toEqual(noChoices);
    draft().keep([mug, { ...cup, quantity_milli: 2000 }, jug], choices);
    expect(draft().read([mug, cup])).toEqual([mug, { ...cup, quantity_milli: 2000 }, jug]);
    expect(draft().readChoices()).toEqual(choices);
    // One of them has come meanwhile, at another till: what has arrived is still written down, where it stood.
    expect(draft().read([mug])).toEqual([mug, { ...cup, quantity_milli: 2000, sent_milli: null }, jug]);
    expect(draft().read([cup])).toEqual([{ ...cup, quantity_milli: 2000 }, jug]);
    const pot = some(0, 5000);
    expect(draft().read([pot, mug, cup])).toEqual([mug, { ...cup, quantity_milli: 2000 }, jug, pot]);
  });

  it('are gone when nothing is written down any more, and when they were sent off', async () => {
    const { draft, held } = window();
    draft().keep([some(1000)], noChoices);
    draft().keep([], noChoices);
    expect([...held.keys()]).toEqual([]);
    draft().keep([some(1000)], noChoices);
    expect(await draft().sendOff({ lines: 1 }, answering().run)).toEqual({ state: 'done', sent: 'HS1-A-T1' });
    expect([...held.keys()]).toEqual([]);
  });

  it('stay when they were refused, and are another command when they are sent off again', async () => {
    const { draft } = window();
    const mug = some(1000);
    draft().keep([mug], noChoices);
    const { run, sent } = answering(refusal('record.not_found'), refusal('record.not_found'));
    expect(await draft().sendOff({ lines: 1 }, run)).toEqual({ state: 'refused' });
    expect(draft().isOpen()).toBe(false);
    await draft().sendOff({ lines: 1 }, run);
    expect(draft().read([])).toEqual([mug]);
    expect(new Set(sent.map(({ command }) => command)).size).toBe(2);
  });

  it('go as they were when no answer came, under their UUID, whatever stands there after a reload, until one comes', async () => {
    const { draft, held } = window();
    draft().keep([some(1000)], noChoices);
    const { run, sent } = answering(refusal('connection.lost'), refusal('session.ended'), done);
    expect(await draft().sendOff({ lines: 1 }, run)).toEqual({ state: 'open' });
    expect(draft().isOpen()).toBe(true);
    draft().keep([some(2000), some(1000)], noChoices);
    expect(await draft().sendOff({ lines: 2 }, run)).toEqual({ state: 'open' });
    expect(await draft().sendOff(undefined, run)).toEqual({ state: 'done', sent: 'HS1-A-T1' });
    expect(sent.map(({ lines }) => lines)).toEqual([1, 1, 1]);
    expect(new Set(sent.map(({ command }) => command)).size).toBe(1);
    expect([...held.keys()]).toEqual([]);
  });

  it('are done where the till says that somebody else has had the answer', async () => {
    const { draft, held } = window();
    draft().keep([some(1000)], noChoices);
    const { run } = answering(refusal('connection.lost'), refusal('command.conflict'));
    await draft().sendOff({ lines: 1 }, run);
    expect(await draft().sendOff(undefined, run)).toEqual({ state: 'done', sent: undefined });
    expect([...held.keys()]).toEqual([]);
  });

  it('are not forgotten for the late answer to what was sent off before them', async () => {
    const { draft } = window();
    draft().keep([some(1000)], noChoices);
    const answer = Promise.withResolvers<Result<string>>();
    const slow = draft().sendOff({ lines: 1 }, () => answer.promise);
    await draft().sendOff(undefined, answering(done).run);
    draft().keep([some(2000)], noChoices);
    await draft().sendOff({ lines: 2 }, answering(refusal('connection.lost')).run);
    answer.resolve(done);
    expect(await slow).toEqual({ state: 'done', sent: 'HS1-A-T1' });
    expect(draft().isOpen()).toBe(true);
    expect(draft().read([])).toHaveLength(1);
  });

  it('of a correction are what was changed, as long as the same is written down, and are sent off all the same', async () => {
    const { draft, held } = window();
    const mug = some(5000, 5000);
    draft('5000').keep([mug], noChoices);
    expect([...held.keys()]).toEqual([]);
    draft('5000').keep([{ ...mug, quantity_milli: 3000 }], noChoices);
    expect(draft('5000').read([mug])).toEqual([{ ...mug, quantity_milli: 3000 }]);
    await draft('5000').sendOff({ lines: 1 }, answering(refusal('connection.lost')).run);
    const now = { ...mug, quantity_milli: 3000, sent_milli: 3000 };
    expect(draft('3000').read([now])).toEqual([now]);
    expect(draft('3000').isOpen()).toBe(true);
  });

  it('are as if there were none where something else was kept', () => {
    const { draft, held } = window();
    draft().keep([some(1000)], noChoices);
    for (const [key] of held) held.set(key, '[{"sku":"MUG"}]');
    expect(draft().read([])).toEqual([]);
    for (const [key] of held) held.set(key, 'no list');
    expect(draft().read([])).toEqual([]);
  });
});
