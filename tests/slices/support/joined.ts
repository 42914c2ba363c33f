/** A till that has joined a head office, and the feed that it follows. */
import { createHash } from 'node:crypto';
import { hashSync } from 'bcrypt';
import type { HeadOfficeLink } from '../../../electron/till/ports.ts';
import type { FeedPage } from '../../../electron/till/sync/port.ts';
import type { SyncStatusAnswer } from '../../../electron/till/sync/status.ts';
import { startingRoles } from '../../../shared/contract/permissions.ts';
import type { FeedChange, FeedKind, FeedRow, Stream } from '../../../shared/feed/rows.ts';
import type { RoleId, StaffId, StoreId, TillId } from '../../../shared/ids.ts';
import { sealPayload } from '../../../shared/journal/payload.ts';
import { harbourSettings, newTill, opening, type Seat, seededRandom, type TestTill, uuidAt } from './till.ts';

const ids = seededRandom('head office');
export const storeId = uuidAt<StoreId>(opening, ids);
export const tillId = uuidAt<TillId>(opening, ids);
export const otherTillId = uuidAt<TillId>(opening, ids);
export const managerRole = uuidAt<RoleId>(opening, ids);
export const cashierRole = uuidAt<RoleId>(opening, ids);
export const ines = uuidAt<StaffId>(opening, ids);
export const inesPin = '192837';

/** A link that enrols whoever asks, and whose engine says what the test wants. */
export interface TestLink extends HeadOfficeLink {
  engine: SyncStatusAnswer | undefined;
  asked: number;
  told: number;
  /** What the head office answers a till that leaves. */
  left: 'left' | 'differs' | 'unheard';
  forgotten: number;
}

export function testLink(): TestLink {
  const link: TestLink = {
    engine: undefined,
    asked: 0,
    told: 0,
    enrol: (_code, installation) =>
      Promise.resolve({ store: storeId, till: tillId, installation, code: 'HS2', name: 'Till 2', history: [] }),
    enrolShop: () => Promise.resolve(),
    appended: () => {
      link.told += 1;
    },
    tryNow: () => {
      link.asked += 1;
    },
    status: () => link.engine,
    left: 'left',
    forgotten: 0,
    leave: () => Promise.resolve(link.left),
    forget: () => {
      link.forgotten += 1;
    },
    server: () => ({
      host: 'office.example',
      port: 5432,
      is_encrypted: true,
      versions: { till: '0.1.0', headoffice: '0.2.0' },
    }),
  };
  return link;
}

/** A row of the feed, checked for its shape by the compiler alone: tests send bad ones too. */
export function row<Kind extends FeedKind>(kind: Kind, fields: FeedRow<Kind>): { kind: string; row: unknown } {
  return { kind, row: fields };
}

/** A member of the store's staff as the head office sends them, with or without their payload. */
export function staffRow(
  staff: StaffId,
  fields: { name: string; login: string; roles: RoleId[]; active?: boolean; version?: number; erased?: boolean },
): { kind: string; row: unknown } {
  const sha256 = (...parts: readonly Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
  const salt = sha256(Buffer.from(`${staff}/${fields.name}`)).subarray(0, 16);
  const payload = sealPayload(sha256, salt, { subject: staff, name: fields.name, login: fields.login });
  return row('staff', {
    staff,
    version: fields.version ?? 1,
    roles: fields.roles,
    active: fields.active ?? true,
    private: payload.hash,
    payload_base64: fields.erased === true ? null : Buffer.from(payload.bytes).toString('base64'),
  });
}

export function verifierRow(
  staff: StaffId,
  credential: 'pin' | 'password',
  secret: string,
): { kind: string; row: unknown } {
  return row('verifier', { staff, credential, bcrypt: hashSync(secret, 4) });
}

/** What a store's till needs to be able to sell at all. */
export const storeRows = [
  row('settings', harbourSettings),
  row('till', { till: tillId, code: 'HS2', name: 'Till 2' }),
  row('till', { till: otherTillId, code: 'HS3', name: 'Till 3' }),
  staffRow(ines, { name: 'Ines Duarte', login: 'ines', roles: [managerRole] }),
  verifierRow(ines, 'pin', inesPin),
];
export const companyRows = [
  row('role', { role: managerRole, name: 'manager', permissions: [...startingRoles.manager] }),
  row('role', { role: cashierRole, name: 'cashier', permissions: [...startingRoles.cashier] }),
];

export interface JoinedTill extends TestTill {
  readonly link: TestLink;
  /** Sends rows as one page, at the next positions of their stream. */
  send(
    stream: Stream,
    rows: readonly { kind: string; key?: string; row: unknown }[],
    snapshot?: FeedPage['snapshot'],
    tag?: string,
  ): void;
}

/** A joined till that has heard nothing yet. */
export async function joinedTill(): Promise<JoinedTill> {
  const link = testLink();
  const shop = newTill({ headOffice: link });
  await shop.anyone.setup.join({ code: 'once' });
  const positions = { company: 0, store: 0 };
  return Object.assign(shop, {
    link,
    send: (
      stream: Stream,
      rows: readonly { kind: string; key?: string; row: unknown }[],
      snapshot: FeedPage['snapshot'] = null,
      tag = 'tag-1',
    ) => {
      const changes = rows.map((change): FeedChange => {
        positions[stream] += 1;
        return { position: positions[stream], ...change };
      });
      shop.till.sync.applyPage({ stream, tag, snapshot, changes, position: positions[stream] });
    },
  });
}

/** Another store of the company, to which goods go. */
export const quay = uuidAt<StoreId>(opening, ids);
export const storesRows = [
  row('store', { store: storeId, name: 'Harbour', active: true }),
  row('store', { store: quay, name: 'Quay', active: true }),
];

/** A joined till with its store's settings and staff, and its manager at the screen. */
export async function joinedShop(): Promise<JoinedTill & { readonly manager: Seat }> {
  const shop = await joinedTill();
  for (const [stream, rows] of [
    ['company', companyRows],
    ['store', storeRows],
  ] as const) {
    shop.send(stream, rows, 'begin');
    shop.send(stream, [], 'end');
  }
  return Object.assign(shop, { manager: await shop.signInByPin(ines, inesPin) });
}
