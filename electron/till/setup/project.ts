import { uuidToBytes } from '../../../shared/ids.ts';
import { fields, writes } from '../db/statement.ts';
import type { Projectors } from '../journal/projector.ts';

const insertIdentity = writes<{
  store: Uint8Array;
  till: Uint8Array;
  installation: Uint8Array;
  epoch: number;
  series: string;
}>()((q, p) =>
  q.insertInto('till_identity').values({
    id: 1,
    ...fields(p, 'store', 'till', 'installation', 'epoch', 'series'),
    last_receipt: 0,
    last_shift: 0,
    last_business_date: null,
    code: '',
    name: '',
    authority: 'standalone',
    demo: 0,
  }),
);
const openEpoch = writes<{ installation: Uint8Array; epoch: number; series: string }>()((q, p) =>
  q
    .updateTable('till_identity')
    .set({ installation: p.installation, epoch: p.epoch, series: p.series, last_receipt: 0 }),
);
const openTill = writes<{ code: string; name: string; authority: string; demo: number }>()((q, p) =>
  // A flag is bound as the number it is.
  q.updateTable('till_identity').set({ code: p.code, name: p.name, authority: p.authority, demo: p.demo as never }),
);
const joinHeadOffice = writes<{ code: string; name: string }>()((q, p) =>
  q.updateTable('till_identity').set({ code: p.code, name: p.name, authority: 'joined' }),
);
const erasePayload = writes<{ hash: Uint8Array }>()((q, p) =>
  q.deleteFrom('private_payloads').where('hash', '=', p.hash),
);

export const setupProjectors: Projectors<'epoch.opened' | 'erased' | 'till.opened' | 'till.joined'> = {
  'epoch.opened': (db, entry, body) => {
    const epoch = { installation: uuidToBytes(entry.installation), epoch: entry.epoch, series: body.series };
    if (entry.seq === 1)
      insertIdentity.run(db, { ...epoch, store: uuidToBytes(entry.store), till: uuidToBytes(entry.till) });
    else openEpoch.run(db, epoch);
  },
  erased: (db, _entry, body) => {
    for (const hash of body.payloads) erasePayload.run(db, { hash: Buffer.from(hash, 'hex') });
  },
  'till.opened': (db, _entry, body) => {
    openTill.run(db, { code: body.code, name: body.name, authority: body.authority, demo: body.demo ? 1 : 0 });
  },
  'till.joined': (db, _entry, { code, name }) => {
    joinHeadOffice.run(db, { code, name });
  },
};
