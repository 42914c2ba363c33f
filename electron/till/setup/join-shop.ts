/**
 * A shop that was its own joins a head office. It keeps all that it has; its journal goes there by the sync, from the
 * first entry on, and `till.joined` says from where on the head office keeps catalogue, staff and settings.
 */
import type { TillContract } from '../../../shared/contract/till.ts';
import type { CommandHandler } from '../handler.ts';
import { prepared } from '../handler.ts';
import type { QueryContext } from '../context.ts';
import { type ReadDb, reads } from '../db/statement.ts';
import { fail } from '../failure.ts';
import { journalHead, type TillIdentity, tillIdentity } from '../journal/head.ts';
import { listVerifiers } from '../session/verifier.ts';
import { settingsOf } from '../settings/read.ts';

/** What the head office is told when it is asked, beside the journal: it must not have changed since. */
const toldKinds = ['settings.recorded', 'staff.credential_set'] as const;
const toldSince = reads<{ after: number }>()((q, p) =>
  q.selectFrom('journal').select('seq').where('seq', '>', p.after).where('kind', 'in', toldKinds).limit(1),
);

/** The till of a shop that is its own; fails for every other. */
function ownShop({ db }: { readonly db: ReadDb }): TillIdentity {
  const identity = tillIdentity(db) ?? fail('setup.not_done');
  if (identity.demo) fail('enrolment.demo');
  if (identity.authority === 'joined') fail('enrolment.already_joined');
  return identity;
}

function installationOf({ ports }: QueryContext, identity: TillIdentity) {
  return ports.mark.read()?.installation ?? identity.installation;
}

export const joinWithHistory: CommandHandler<TillContract['setup']['join_with_history']> = prepared({
  isAlone: true,
  prepare: async (context, input) => {
    const identity = ownShop(context);
    const { headOffice } = context.ports;
    if (headOffice === undefined) return fail('enrolment.unreachable');
    const code = input.till_code ?? identity.code;
    const told = journalHead(context.db)?.seq ?? 0;
    const shop = {
      store: identity.store,
      till: identity.till,
      code,
      name: identity.name,
      settings: settingsOf(context.db),
      verifiers: listVerifiers(context.db, context.ports),
    };
    await headOffice.enrolShop(input.code, shop, installationOf(context, identity));
    return { code, told };
  },
  run: (context, _input, { code, told }) => {
    const { name } = ownShop(context);
    if (toldSince.get(context.db, { after: told }) !== undefined) fail('record.changed');
    context.append('till.joined', { code, name });
    for (const kind of ['settings', 'staff', 'catalogue', 'sync'] as const) context.changed(kind);
    return { till_code: code };
  },
});
