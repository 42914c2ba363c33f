import { describe, expect, it } from 'vitest';
import type { Result } from '../../../shared/contract/errors.ts';
import type { CommandId, ProductId } from '../../../shared/ids.ts';
import { newId } from '../../line/line.ts';
import { createGoodsDraft, type Goods } from './goods-draft.ts';

function window() {
  const held = new Map<string, string>();
  const storage = {
    getItem: (key: string) => held.get(key) ?? null,
    setItem: (key: string, text: string) => void held.set(key, text),
    removeItem: (key: string) => void held.delete(key),
  };
  return { held, draft: () => createGoodsDraft(storage, 'till.send') };
}

function some(quantity_milli: number, sent_milli: number | null = null): Goods {
  return { product: newId<ProductId>(), sku: 'MUG', name: 'Mug', unit: 'piece', quantity_milli, sent_milli };
}

const done: Result<string> = { ok: true, value: 'HS1-A-T1' };
const lost: Result<string> = { ok: false, error: { code: 'connection.lost', data: {} } };
const refused: Result<string> = { ok: false, error: { code: 'record.not_found', data: {} } };

describe('goods that were written down', () => {
  it('are there again after a reload, in their order, beside what is expected', () => {
    const { draft } = window();
    const [mug, cup, jug] = [some(0, 3000), some(0, 2000), some(1000)];
    draft().keep([mug, { ...cup, quantity_milli: 2000 }, jug]);
    expect(draft().read([mug, cup])).toEqual([mug, { ...cup, quantity_milli: 2000 }, jug]);
    // The sender took one of them out again: what has arrived is still written down.
    expect(draft().read([mug])).toEqual([mug, { ...cup, quantity_milli: 2000, sent_milli: null }, jug]);
  });

  it('are gone when nothing is written down any more, and when they were sent off', async () => {
    const { draft, held } = window();
    draft().keep([some(1000)]);
    draft().keep([]);
    expect([...held.keys()]).toEqual([]);
    draft().keep([some(1000)]);
    expect(await draft().sendOff({ lines: 1 }, async () => done)).toEqual(done);
    expect([...held.keys()]).toEqual([]);
  });

  it('stay when they were refused, and go once under one UUID when the answer was lost', async () => {
    const { draft } = window();
    const mug = some(1000);
    draft().keep([mug]);
    const commands: CommandId[] = [];
    const answer = (result: Result<string>) => async (command: CommandId) => {
      commands.push(command);
      return result;
    };
    await draft().sendOff({ lines: [mug] }, answer(lost));
    await draft().sendOff({ lines: [mug] }, answer(refused));
    await draft().sendOff({ lines: [mug] }, answer(lost));
    await draft().sendOff({ lines: [mug, mug] }, answer(refused));
    expect(draft().read([])).toEqual([mug]);
    expect(commands[1]).toBe(commands[0]);
    expect(new Set(commands).size).toBe(3);
  });

  it('are as if there were none where something else was kept', () => {
    const { draft, held } = window();
    draft().keep([some(1000)]);
    for (const [key] of held) held.set(key, '[{"sku":"MUG"}]');
    expect(draft().read([])).toEqual([]);
    for (const [key] of held) held.set(key, 'no list');
    expect(draft().read([])).toEqual([]);
  });
});
