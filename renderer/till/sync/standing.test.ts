import { describe, expect, it } from 'vitest';
import { syncDoings, syncFaults } from '../../../shared/contract/till/shapes.ts';
import { languages } from '../../i18n/languages.ts';
import { createI18n } from '../../i18n/set-up.ts';
import type { SyncStatus } from '../data/operations.ts';
import { standingOf } from './standing.ts';

const quiet: SyncStatus = {
  state: 'confirmed',
  confirmed_seq: 7,
  head_seq: 7,
  waiting: 0,
  oldest_waiting_at: null,
  last_confirmed_at: null,
  clock_offset_ms: null,
  reason: null,
  doing: 'connected',
  fault: null,
  incident: null,
};

const every: readonly (readonly [string, SyncStatus])[] = [
  ...(['standalone', 'confirmed', 'waiting'] as const).map((state) => [state, { ...quiet, state }] as const),
  // The last is one that only a newer head office would give.
  ...['installation', 'deactivated', 'fork', 'chain', 'login', 'certificate', 'something new'].map(
    (reason) => [reason, { ...quiet, state: 'refused', reason }] as const,
  ),
  ...syncDoings.map((doing) => [doing, { ...quiet, state: 'offline', doing }] as const),
  ...syncFaults.map(
    (fault) => [fault, { ...quiet, state: 'offline', doing: 'resting', fault, reason: 'ECONNREFUSED' }] as const,
  ),
];

describe('the state of the sync', () => {
  it.each(languages)('has a title and what to do for whatever it may be, in %s', (language) => {
    const t = createI18n(language).getFixedT(language, 'sync');
    for (const [what, status] of every) {
      const { hint, title } = standingOf(status, t);
      // A key that is missing is shown as itself.
      for (const words of [title, hint]) expect(words, what).toMatch(/\S \S/u);
    }
  });

  it('tells a refusal by its reason, and the two sides at work from a head office out of reach', () => {
    const t = createI18n('en').getFixedT('en', 'sync');
    const titleOf = (changes: Partial<SyncStatus>) => standingOf({ ...quiet, ...changes }, t).title;
    expect(titleOf({ state: 'refused', reason: 'installation' })).toContain('decides about this PC');
    expect(titleOf({ state: 'refused', reason: 'deactivated' })).toContain('out of use');
    expect(titleOf({ state: 'offline', doing: 'comparing' })).toContain('Comparing');
    expect(titleOf({ state: 'offline', doing: 'resting', fault: 'unreachable' })).toContain('out of reach');
    expect(titleOf({ state: 'offline', doing: 'connecting', fault: 'silent' })).toContain('does not answer');
  });

  it('names the code of a failure, never the sentences of an answer that could not be read', () => {
    const t = createI18n('en').getFixedT('en', 'sync');
    const codeOf = (fault: SyncStatus['fault'], reason: string) =>
      standingOf({ ...quiet, state: 'offline', doing: 'resting', fault, reason }, t).code;
    expect(codeOf('unreachable', 'ECONNREFUSED')).toBe('ECONNREFUSED');
    expect(codeOf('answer', 'Invalid input: expected string\n  → at answer')).toBeNull();
  });
});
