import { describe, expect, it } from 'vitest';
import type { Call } from '../../shared/contract/client.ts';
import { createHost, type Socket, takeToken } from './host.ts';

/** A line that the test opens, breaks and answers by hand, and timers that it lets run. */
function createWorld() {
  const lines: (Socket & { sent: { id: number; call: Call }[] })[] = [];
  const timers: { delay_ms: number; then: () => void; isCancelled: boolean }[] = [];
  const host = createHost({
    connect: () => {
      const sent: { id: number; call: Call }[] = [];
      const line = {
        sent,
        send: (text: string) => void sent.push(JSON.parse(text) as { id: number; call: Call }),
        close: () => line.onclose?.({ code: 1000 }),
        onopen: null,
        onclose: null,
        onmessage: null,
      } as Socket & { sent: typeof sent };
      lines.push(line);
      return line;
    },
    patience_ms: 8000,
    wait: (delay_ms, then) => {
      const timer = { delay_ms, then, isCancelled: false };
      timers.push(timer);
      return () => void (timer.isCancelled = true);
    },
  });
  return {
    host,
    lines,
    timers,
    last: () => {
      const line = lines.at(-1);
      if (line === undefined) throw new Error('no line was opened');
      return line;
    },
    run: (delay_ms: number) => {
      for (const timer of timers.splice(0)) {
        if (timer.isCancelled) continue;
        if (timer.delay_ms === delay_ms) timer.then();
        else timers.push(timer);
      }
    },
  };
}

const command: Call = { operation: 'basket.complete', input: { total_minor: 100 }, command: 'c1' };
const ok = (id: number, value: unknown) => ({ data: JSON.stringify({ id, result: { ok: true, value } }) });

describe('the line to the till', () => {
  it('sends what was asked before it was open, and gives each caller its own answer', async () => {
    const { host, last } = createWorld();
    const first = host.invoke({ operation: 'a', input: 1 });
    const second = host.invoke({ operation: 'b', input: 2 });
    last().onopen?.();
    expect(last().sent.map(({ call }) => call.operation)).toEqual(['a', 'b']);
    last().onmessage?.(ok(2, 'two'));
    last().onmessage?.(ok(1, 'one'));
    expect(await Promise.all([first, second])).toEqual([
      { ok: true, value: 'one' },
      { ok: true, value: 'two' },
    ]);
  });

  it('sends a command whose answer was lost again, under the same UUID', async () => {
    const { host, last, run } = createWorld();
    last().onopen?.();
    const answer = host.invoke(command);
    last().onclose?.({ code: 1006 });
    expect(host.state()).toBe('lost');
    run(100);
    last().onopen?.();
    expect(last().sent).toEqual([{ id: 1, call: command }]);
    last().onmessage?.(ok(1, 'sold'));
    expect(await answer).toEqual({ ok: true, value: 'sold' });
    expect(host.state()).toBe('open');
  });

  it('tells a caller after a while that the line is lost, and goes on trying', async () => {
    const { host, last, lines, run } = createWorld();
    last().onopen?.();
    const answer = host.invoke(command);
    last().onclose?.({ code: 1006 });
    run(8000);
    expect(await answer).toMatchObject({ ok: false, error: { code: 'connection.lost' } });
    for (const delay_ms of [100, 200, 400, 800, 1600, 2000, 2000]) {
      const before = lines.length;
      run(delay_ms);
      expect(lines).toHaveLength(before + 1);
      last().onclose?.({ code: 1006 });
    }
    expect(host.state()).toBe('lost');
  });

  it('does not send again what was answered, nor what was given up', async () => {
    const { host, last, run } = createWorld();
    last().onopen?.();
    const answered = host.invoke({ operation: 'a', input: 1 });
    last().onmessage?.(ok(1, 'one'));
    await answered;
    void host.invoke({ operation: 'b', input: 1 });
    last().onclose?.({ code: 1006 });
    run(8000);
    run(100);
    last().onopen?.();
    expect(last().sent).toEqual([]);
  });

  it('says when something may have been missed, but not at the first opening', () => {
    const { host, last, run } = createWorld();
    const heard: unknown[] = [];
    host.listen((event) => heard.push(event));
    last().onopen?.();
    last().onmessage?.({ data: '{"event":{"kind":"basket"}}' });
    last().onclose?.({ code: 1001 });
    run(100);
    last().onopen?.();
    expect(heard).toEqual([{ kind: 'basket' }, 'reconnected']);
  });

  it('tells how far a till is that opens, why it can not, and asks all again when it is open after all', () => {
    const { host, last } = createWorld();
    const heard: unknown[] = [];
    const states: string[] = [];
    host.listen((event) => heard.push(event));
    host.onState(() => states.push(`${host.state()} ${host.starting()?.share ?? ''}`));
    last().onopen?.();
    const say = (frame: unknown) => last().onmessage?.({ data: JSON.stringify(frame) });
    say({ starting: { step: 'backing_up', share: 0.5 } });
    say({ starting: { step: 'backing_up', share: 0.75 } });
    say({ opened: { ok: false, trouble: { kind: 'storage_full', path: '/till.db' } } });
    expect(host.trouble()).toEqual({ kind: 'storage_full', path: '/till.db' });
    host.openAgain();
    expect(last().sent).toEqual([{ open: true }]);
    say({ opened: { ok: true } });
    expect([host.trouble(), host.starting(), heard]).toEqual([undefined, undefined, ['reconnected']]);
    expect(states).toEqual(['open ', 'starting 0.5', 'starting 0.75', 'shut ', 'connecting ', 'open ']);
  });

  it('gives up for good when its key is refused', async () => {
    const { host, last, lines, timers } = createWorld();
    last().onopen?.();
    const before = host.invoke(command);
    last().onclose?.({ code: 4401 });
    expect(await before).toMatchObject({ error: { code: 'connection.lost' } });
    expect(await host.invoke(command)).toMatchObject({ error: { code: 'connection.lost' } });
    expect(host.state()).toBe('refused');
    expect(lines).toHaveLength(1);
    expect(timers.filter(({ isCancelled }) => !isCancelled)).toEqual([]);
  });
});

describe('the token', () => {
  const storage = () => {
    const kept = new Map<string, string>();
    return {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    };
  };

  it('is taken from the fragment once, and kept for a reload', () => {
    const kept = storage() as unknown as Storage;
    const shown: unknown[] = [];
    const history = { replaceState: (...given: unknown[]) => void shown.push(given[2]) } as unknown as History;
    const at = (hash: string) => ({ hash, pathname: '/till/' }) as Location;
    expect(takeToken(at('#token=aB_-9'), kept, history)).toBe('aB_-9');
    expect(shown).toEqual(['/till/#/']);
    expect(takeToken(at('#/pay'), kept, history)).toBe('aB_-9');
    expect(takeToken(at('#/pay'), storage() as unknown as Storage, history)).toBeUndefined();
  });
});
