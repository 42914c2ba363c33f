/**
 * Faults that would lose, double or falsify a sale, each planted alone into a copy of the project: `from` stands once in
 * `file` and is replaced by `to`. `caught_by` are the tests of which at least one must turn red.
 */
export interface Mutant {
  readonly name: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
  readonly caught_by: readonly string[];
}

const push = 'migrations/central/0009-push.sql';
const protocol = 'sync/protocol.ts';

export const mutants: readonly Mutant[] = [
  {
    name: 'the till takes for confirmed what it has sent, not what central says it took',
    file: protocol,
    from: 'confirmed_seq: answer.acked_seq,\n        last_confirmed_at: at,\n        failures: 0,',
    to: 'confirmed_seq: before.head_seq,\n        last_confirmed_at: at,\n        failures: 0,',
    caught_by: ['sync/protocol.test.ts'],
  },
  {
    name: 'central acknowledges before the commit is on its disk',
    file: push,
    from: "perform set_config('synchronous_commit', 'on', true);",
    to: "perform set_config('synchronous_commit', 'off', true);",
    caught_by: ['tests/sync/push.test.ts', 'tests/sync/server-stops.test.ts'],
  },
  {
    name: 'central takes entries after a gap',
    file: push,
    from: "if p_from_seq > v_head.acked_seq + 1 then return refusal(v_head, 'gap', null, null); end if;",
    to: '',
    caught_by: ['tests/sync/push.test.ts'],
  },
  {
    name: 'central does not look at the epoch of a push',
    file: push,
    from: "if p_epoch is distinct from v_head.epoch then return refusal(v_head, 'epoch', null, null); end if;",
    to: '',
    caught_by: ['tests/sync/push.test.ts', 'tests/sync/restored.test.ts'],
  },
  {
    name: 'central takes entries of a PC that no longer speaks for the till',
    file: push,
    from: "if p_installation <> v_head.installation then return refusal(v_head, 'refused', 'installation', null); end if;",
    to: '',
    caught_by: ['tests/sync'],
  },
  {
    name: 'central skips entries that it holds without comparing them',
    file: push,
    from: 'and bytes <> p_entries[(seq - p_from_seq + 1)::integer];',
    to: 'and false;',
    caught_by: ['tests/sync/push.test.ts'],
  },
  {
    name: 'central takes an adopted entry unproved',
    file: 'migrations/central/0007-chain.sql',
    from: "or v_outer #>> '{body,hash}' is distinct from encode(sha256(v_previous || v_bytes), 'hex')",
    to: '',
    caught_by: ['tests/sync'],
  },
  {
    name: 'central lets a receipt series come twice',
    file: 'migrations/central/0007-chain.sql',
    from: "    return 'series';\n",
    to: '    return null;\n',
    caught_by: ['tests/sync'],
  },
  {
    name: 'a stock level is set to the last movement instead of moved by it',
    file: 'migrations/central/0006-project.sql',
    from: 'level_milli = s.level_milli + excluded.level_milli,',
    to: 'level_milli = excluded.level_milli,',
    caught_by: ['tests/sync/two-tills.test.ts'],
  },
  {
    name: 'a page of the feed begins one row too late',
    file: 'migrations/central/0010-pull.sql',
    from: 'where store_id = p_store_id and position > v_from order by position limit p_limit)',
    to: 'where store_id = p_store_id and position > v_from + 1 order by position limit p_limit)',
    caught_by: ['tests/sync/feed.test.ts'],
  },
  {
    name: 'the till moves its cursor past a page that it did not apply',
    file: protocol,
    from: "effects.push({ type: 'apply', page });",
    to: "if (page.stream === 'company') effects.push({ type: 'apply', page });",
    caught_by: ['sync/protocol.test.ts'],
  },
  {
    name: 'the till counts its own movements twice: from its journal and from the feed',
    file: 'electron/till/sync/replica.ts',
    from: 'if (till !== self) {\n      putStock',
    to: 'if (till !== undefined) {\n      putStock',
    caught_by: ['tests/slices/replica.test.ts', 'tests/slices/replica-joined.test.ts'],
  },
  {
    name: 'a sale is acknowledged before it is safe from a power cut',
    file: 'electron/till/db/open.ts',
    from: 'synchronous: 2,',
    to: 'synchronous: 1,',
    caught_by: ['tests/journal'],
  },
  {
    name: 'a repeated command is done again',
    file: 'electron/till/dispatch.ts',
    from: "if ('first' in admitted) return admitted.first;",
    to: '',
    caught_by: ['tests/contract'],
  },
  {
    name: 'a till that lost entries goes on under the same receipt series',
    file: 'electron/till/journal/installation.ts',
    from: "return lostIn === identity.epoch ? 'restored' : undefined;",
    to: 'return undefined;',
    caught_by: ['tests/slices/fork.test.ts'],
  },
  {
    name: 'a new epoch uses a series that was used before',
    file: 'electron/till/journal/series.ts',
    from: 'for (;;) {',
    to: 'for (;;) {\n    if (used.has(firstSeries)) return firstSeries;',
    caught_by: ['tests/slices/fork.test.ts'],
  },
  {
    name: 'a settled fork leaves out the last entry',
    file: 'electron/till/journal/settle.ts',
    from: 'for (const [i, { bytes, hash }] of own.entries()) {',
    to: 'for (const [i, { bytes, hash }] of own.slice(0, -1).entries()) {',
    caught_by: ['tests/slices/fork.test.ts'],
  },
  {
    name: 'what was sold for a closed shift changes its Z',
    file: 'electron/till/sale/project.ts',
    from: 'if (isClosed) recordLate(db,',
    to: 'if (isClosed && body.receipt.number < 0) recordLate(db,',
    caught_by: ['tests/slices/fork.test.ts'],
  },
  {
    name: 'entries that do not follow are put back into a journal',
    file: 'electron/till/sync/repair.ts',
    from: 'if (envelope.seq !== seq || !isSameHash(hash, entry.hash))',
    to: 'if (envelope.seq < 0)',
    caught_by: ['tests/slices/fork.test.ts'],
  },
  {
    name: 'a copied disk settles a fork as if it were the till itself',
    file: 'electron/till/sync/repair.ts',
    from: 'if (isUnderOurName && opensEpochAfter',
    to: 'if (base < 0 && isUnderOurName && opensEpochAfter',
    caught_by: ['tests/slices/fork.test.ts'],
  },
  {
    name: 'the parting of two chains is taken one entry too late',
    file: 'sync/protocol-repair.ts',
    from: 'const base = Math.max(0, state.search.low);',
    to: 'const base = Math.max(0, state.search.low + 1);',
    caught_by: ['sync/protocol-repair.test.ts'],
  },
  {
    name: 'a page of entries may leave a gap',
    file: 'sync/protocol-repair.ts',
    from: 'return answer.entries.every(({ seq }, i) => seq === after_seq + 1 + i);',
    to: 'return true;',
    caught_by: ['sync/protocol-repair.test.ts'],
  },
  {
    name: 'the journal hashes an entry without the one before it',
    file: 'shared/journal/chain.ts',
    from: 'return sha256(previous, bytes);',
    to: 'return sha256(bytes);',
    caught_by: ['tests/journal'],
  },
  {
    name: 'the head office does not look at the chain when it computes a Z again',
    file: 'migrations/central/0015-closing.sql',
    from: 'if v_bad is not null then',
    to: 'if v_bad < 0 then',
    caught_by: ['tests/lifecycle/lifecycle.test.ts'],
  },
  {
    name: 'the gateway takes any proof',
    file: 'migrations/central/0019-gateway.sql',
    from: 'if v_proof is null or sha256(v_proof) is distinct from sha256(p_proof) then',
    to: 'if v_proof is null then',
    caught_by: ['tests/sync/gateway.test.ts'],
  },
  {
    name: 'a nonce of the gateway is good for ever',
    file: 'migrations/central/0019-gateway.sql',
    from: 'return case when v_age_ms between 0 and nonce_lasts_ms() then v_age_ms end;',
    to: 'return case when v_age_ms >= 0 then least(v_age_ms, nonce_lasts_ms()) end;',
    caught_by: ['tests/sync/gateway.test.ts'],
  },
  {
    name: 'behind the gateway a setting says who speaks, whoever set it',
    file: 'migrations/central/0001-company.sql',
    from: "when current_setting('evertill.speaks', true) = gateway_word(split_part(current_setting('evertill.speaks', true), ' ', 1))\n    then",
    to: "when current_setting('evertill.speaks', true) <> '' then",
    caught_by: ['tests/sync/gateway.test.ts'],
  },
  {
    name: 'a shop that joins with its history is sent the feed before its own catalogue is in it',
    file: 'migrations/central/0010-pull.sql',
    from: 'till_id = me.till_id and taken_at is null) then',
    to: 'till_id = me.till_id and taken_at is null and false) then',
    caught_by: ['tests/sync/histories.test.ts'],
  },
  {
    name: 'a till that has joined writes the catalogue of all',
    file: 'migrations/central/0018-histories.sql',
    from: 'if v_history.till_id is null or v_seq > v_history.joined_seq then',
    to: 'if false then',
    caught_by: ['tests/sync/histories.test.ts'],
  },
  {
    name: 'what a shop changes after it has joined meets a catalogue that is not taken yet',
    file: 'migrations/central/0009-push.sql',
    from: 'if v_last < v_count then',
    to: 'if false then',
    caught_by: ['tests/sync/histories.test.ts'],
  },
  {
    name: 'a till is left while entries of it wait',
    file: 'electron/till/setup/leave.ts',
    from: 'if (!isAll) return fail',
    to: 'if (head.seq < confirmed.seq) return fail',
    caught_by: ['tests/slices/leave.test.ts'],
  },
  {
    name: 'a till that was away hears of its last closing only',
    file: 'electron/till/sync/replica.ts',
    from: 'till === self ? [...earlier, last] : []',
    to: 'till === self ? [last] : []',
    caught_by: ['tests/slices/sync-details.test.ts'],
  },
  {
    name: 'a wish to try now is forgotten while a call is under way',
    file: 'sync/protocol-rest.ts',
    from: 'ms: state.tried_now ? 0 : ms',
    to: 'ms',
    caught_by: ['sync/protocol.test.ts'],
  },
  {
    name: 'of a basket that two copies sold the second counts where the first was put aside',
    file: push,
    from: 'and said_once(fact_of(read_entry(e.bytes))) = said_once(p_doc))',
    to: 'and false)',
    caught_by: ['tests/sync/adopted.test.ts'],
  },
];
