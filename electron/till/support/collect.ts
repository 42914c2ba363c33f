/** Collects what whoever helps needs to know of this till. What is in a file is named one by one: what is new is not in it. */
import { toHex } from '../../../shared/ids.ts';
import type { StoreSettings } from '../../../shared/journal/kinds/store-kinds.ts';
import { receiptNumber } from '../../../shared/sale/receipt-number.ts';
import { type CollectedFile, collection, factsFile, stampOf } from '../../../shared/support/collection.ts';
import { withoutWords } from '../../../shared/support/without-words.ts';
import type { PrepareContext } from '../context.ts';
import { fileFacts } from '../db/look.ts';
import type { ReadDb } from '../db/statement.ts';
import { fail } from '../failure.ts';
import { journalHead, tillIdentity } from '../journal/head.ts';
import { findSale, salesBefore } from '../sale/repository.ts';
import { findSettings } from '../settings/read.ts';
import { asideOf, closingsThatDiffer, waitingKinds } from '../sync/details.ts';
import { entryWrittenAt, findConfirmed, findCursor } from '../sync/standing.ts';
import { checkJournal, checkTables } from './check.ts';
import { readme } from './readme.ts';

export interface Collected {
  readonly name: string;
  readonly files: CollectedFile[];
}

/** Receipts of other tills and series may have the same number. */
const mostSales = 50;

/** Takes some seconds in all, and keeps the till from nothing for longer than some milliseconds. */
export async function collect(context: PrepareContext, receipt_number: string | null): Promise<Collected> {
  const { db, now, ports } = context;
  const { log, machine } = ports;
  log.info('support.collecting', { has_sale: receipt_number !== null });
  const sale = receipt_number === null ? [] : [factsFile('sale', findSaleFacts(db, receipt_number))];
  const code = tillIdentity(db)?.code ?? 'till';
  const facts = [
    { name: 'README.txt', text: readme },
    factsFile('versions', {
      collected_at: new Date(now).toISOString(),
      ...(await machine?.facts()),
      file: fileFacts(db),
    }),
    factsFile('till', tillFacts(context)),
    factsFile('sync', syncFacts(context)),
    factsFile('settings', settingsFacts(findSettings(db))),
    ...sale,
    factsFile('journal', await checkJournal(db)),
    factsFile('tables', await checkTables(db)),
  ];
  const logs = (await machine?.logs()) ?? [];
  return { name: `evertill-${code}-${stampOf(now)}`, files: collection(facts, logs) };
}

function tillFacts({ db, ports }: PrepareContext) {
  const identity = tillIdentity(db);
  const head = journalHead(db);
  const confirmed = findConfirmed(db);
  const remembered = ports.mark.read();
  return {
    // Its name is whatever somebody called it.
    identity: identity === undefined ? null : { ...identity, name: undefined },
    head: head === undefined ? null : { seq: head.seq, hash: toHex(head.hash) },
    remembered: remembered ?? null,
    confirmed: { ...confirmed, hash: confirmed.hash === null ? null : toHex(confirmed.hash) },
    feeds: { company: findCursor(db, 'company'), store: findCursor(db, 'store') },
  };
}

function syncFacts({ db, ports }: PrepareContext) {
  const { headOffice } = ports;
  const isJoined = tillIdentity(db)?.authority === 'joined';
  const { seq } = findConfirmed(db);
  const server = isJoined ? headOffice?.server() : undefined;
  return {
    standing: isJoined ? (headOffice?.status() ?? null) : 'standalone',
    server: server === undefined ? null : { is_encrypted: server.is_encrypted, versions: server.versions },
    oldest_waiting_at: isJoined ? (entryWrittenAt(db, seq + 1) ?? null) : null,
    waiting: waitingKinds(db, seq, isJoined ? (journalHead(db)?.seq ?? 0) : seq),
    aside: asideOf(db),
    closings_that_differ: closingsThatDiffer(db),
  };
}

function settingsFacts(settings: StoreSettings | undefined) {
  if (settings === undefined) return null;
  const { cash_rounding, currency, locale, prices_include_tax, tax_rounding, zone } = settings;
  return { currency, zone, locale, prices_include_tax, tax_rounding, cash_rounding };
}

/** The entry of the sale with this receipt number. Fails with `record.not_found`. */
function findSaleFacts(db: ReadDb, typed: string) {
  const digits = /(\d+)$/.exec(typed)?.[1];
  const rows = digits === undefined ? [] : salesBefore(db, Number.MAX_SAFE_INTEGER, mostSales, Number(digits));
  const row = rows.find(({ receipt }) => receiptNumber(receipt) === typed.toUpperCase());
  const sale = row && findSale(db, row.sale);
  if (sale === undefined) return fail('record.not_found');
  const { envelope, hash, kind, receipt, seq } = sale;
  return {
    receipt_number: receiptNumber(receipt),
    kind,
    seq,
    hash: toHex(hash),
    is_confirmed: seq <= findConfirmed(db).seq,
    // Without what was typed the hash can't be computed from it; journal.json says whether the entry is sound.
    entry: withoutWords(envelope),
  };
}
