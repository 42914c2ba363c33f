/**
 * Leaving a till: its file is put aside, to be read only, and the till stands before set-up again. Never while anything is
 * nowhere else: at a joined till what the head office has not confirmed; a till that stands alone asks for the shop's name,
 * since all of it is here.
 */
import { rmSync } from 'node:fs';
import type { TillContract } from '../../../shared/contract/till.ts';
import { toHex } from '../../../shared/ids.ts';
import { isSameHash } from '../../../shared/journal/chain.ts';
import { countLines, findBasket } from '../basket/repository.ts';
import type { Actor, QueryContext } from '../context.ts';
import { type Migration, openTillFile, type TillFile } from '../db/open.ts';
import type { ReadDb } from '../db/statement.ts';
import { fail } from '../failure.ts';
import { type Handlers, prepared } from '../handler.ts';
import { journalHead, tillIdentity } from '../journal/head.ts';
import { settleAttempt, tryCredential } from '../session/attempt.ts';
import { findSettings } from '../settings/read.ts';
import { findOpenShift } from '../shift/find.ts';
import { findStaff } from '../staff/repository.ts';
import { findTake } from '../stock-take/repository.ts';
import { findConfirmed } from '../sync/standing.ts';

/** Why the till can't be left now, as a failure; else who it is and its head. */
function checkLeaving(db: ReadDb, shopName: string | null) {
  const identity = tillIdentity(db) ?? fail('setup.not_done');
  const head = journalHead(db) ?? fail('setup.not_done');
  const basket = findBasket(db);
  if (basket !== undefined && countLines(db, basket) > 0) return fail('leave.basket_open');
  if (findOpenShift(db) !== undefined) return fail('leave.shift_open');
  if (findTake(db) !== undefined) return fail('leave.stock_take_open');
  if (identity.authority === 'joined') {
    const confirmed = findConfirmed(db);
    const isAll = confirmed.seq === head.seq && confirmed.hash !== null && isSameHash(confirmed.hash, head.hash);
    if (!isAll) return fail('leave.unconfirmed', { waiting: Math.max(1, head.seq - confirmed.seq) });
  } else if (plain(shopName ?? '') !== plain(findSettings(db)?.name ?? '')) return fail('leave.name_wrong');
  return { identity, head };
}

/** A name as it is compared: typed on another keyboard it is the same. */
function plain(name: string): string {
  return name.normalize('NFC').trim();
}

function actorOf({ actor }: QueryContext): Actor {
  if (actor === null) throw new Error('dispatch let a call without a session through');
  return actor;
}

export const leave: Handlers<TillContract['setup']>['leave'] = prepared({
  isAlone: true,
  prepare: async (context, { credential, shop_name }) => {
    const { head, identity } = checkLeaving(context.db, shop_name);
    const attempt = await tryCredential(context, findStaff(context.db, actorOf(context).staff), credential);
    const link = identity.authority === 'joined' ? context.ports.headOffice : undefined;
    // Told before it is done: a till that says anything more is back, so that nothing is lost when it is not done after all.
    const told = attempt.matches && link !== undefined ? await link.leave(identity.installation, head) : 'unheard';
    return { attempt, told };
  },
  run: (context, { shop_name }, { attempt, told }) => {
    settleAttempt(context, attempt);
    const { head, identity } = checkLeaving(context.db, shop_name);
    if (told === 'differs') {
      context.ports.headOffice?.tryNow();
      return fail('leave.unconfirmed', { waiting: head.seq });
    }
    const day = new Date(context.now).toISOString().slice(0, 10);
    // What the name of the kept file ends with. The head's hash makes it one of its own.
    const kept = `left-${day}-${toHex(head.hash).slice(0, 16)}`;
    context.leave(kept);
    const was_joined = identity.authority === 'joined';
    return { till_code: identity.code, till_name: identity.name, kept, was_joined, told: told === 'left' };
  },
});

/** Puts an empty till in the place of this one, whose file is kept beside it, to be read only. */
export function putAside(file: TillFile, kept: string, migrations: readonly Migration[]): void {
  const fresh = `${file.path}.fresh`;
  const remove = () => {
    for (const suffix of ['', '-wal', '-shm', '.lock']) rmSync(`${fresh}${suffix}`, { force: true });
  };
  remove();
  try {
    openTillFile(fresh, { create: true, migrations }).close();
    file.replaceBy(fresh, `${file.path}.${kept}`);
  } finally {
    remove();
  }
}
