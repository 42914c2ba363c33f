/** A valid input for every operation of the head office, in a world where it can succeed. A missing one does not compile. */
import { v7 } from 'uuid';
import type { GivenTo, Operation, OperationName } from '../../shared/contract/define.ts';
import type { HeadOfficeContract } from '../../shared/contract/headoffice.ts';
import type { CategoryId, InstallationId, RoleId, TaxId } from '../../shared/ids.ts';
import { testSettings } from '../sync/central-shop.ts';
import { pushAll } from './office.ts';
import { productInput, type TestPerson, type World } from './world.ts';

type Name = OperationName<HeadOfficeContract>;
type OperationOf<N extends Name> = N extends `${infer Noun extends keyof HeadOfficeContract & string}.${infer Verb}`
  ? Verb extends keyof HeadOfficeContract[Noun]
    ? HeadOfficeContract[Noun][Verb]
    : never
  : never;

type Sample<N extends Name> = (
  world: World,
  person: TestPerson,
) => GivenTo<Extract<OperationOf<N>, Operation>> | Promise<GivenTo<Extract<OperationOf<N>, Operation>>>;

const sameSettings = async ({ client, shop }: World) => {
  const { stores } = await client.store.list({});
  return stores.find(({ store }) => store === shop.store)?.settings ?? testSettings;
};

const openCode = async ({ client, next, shop }: World) => {
  const till_code = `C${String(next())}`;
  return await client.enrolment.create({ store: shop.store, till_code, till_name: 'Counter' });
};

const hire = async ({ client, next, role, shop }: World) => {
  const login = `hired-${String(next())}`;
  return await client.staff.create({
    name: login,
    login,
    roles: [role],
    stores: [shop.store],
    pin: null,
    password: null,
  });
};

/** Something that moved so near to a count that nobody can tell which was first. */
const doubtCount = async ({ joined, shop, sold }: World) => {
  const product = sold[0]?.product ?? never();
  const moved_milli = -2000;
  await shop.admin.query(
    `insert into stock_count_doubts (store_id, till_id, seq, product, stock_milli, at)
     select store_id, till_id, 1, $2, $3, now() from tills where till = $1
     on conflict (store_id, till_id, seq, product) do update set decided = null`,
    [joined.till.options.till, product, moved_milli],
  );
  return { store: shop.store, product, moved_milli };
};

/** A transfer of which more arrived than was sent, before anybody has looked. */
const receiveSomething = async ({ next, shop }: World) => {
  const number = `HS9-A-T${String(next())}`;
  await shop.admin.query(
    'insert into transfers (number, received_store, received_at) values ($1, $2, now() - interval $$2 hours$$)',
    [number, shop.store],
  );
  return number;
};

const never = (): never => {
  throw new Error('nothing was sold');
};

const addUser = async ({ client, emptyRole, next }: World) => {
  const login = `user-${String(next())}`;
  return await client.user.create({ login, name: login, roles: [emptyRole], password: 'a password for them' });
};

export const samples: { readonly [N in Name]: Sample<N> } = {
  'session.sign_in': (_, { login, password }) => ({ login, password }),
  'session.current': () => ({}),
  'session.sign_out': () => ({}),
  'session.change_password': (_, { password }) => ({ current: password, password: 'another one, as long' }),
  'sync.pulse': () => ({}),
  'support.collect': () => ({ receipt_number: null }),
  'sale.list': () => ({ store: null, till: null, day: null, tender: 'cash', text: 'HS1', after: null, limit: 10 }),
  'sale.show': ({ sale, shop }) => ({ store: shop.store, sale }),
  'journal.verify': ({ joined, shop }) => ({ store: shop.store, till: joined.till.options.till, seq: 4 }),
  'report.totals': () => ({ from: null, to: null, store: null, till: null }),
  'report.today': () => ({ day: null, store: null }),
  'store.note_closed': async ({ shop }) => {
    const day = await shop.value(
      `select (now() at time zone (p.settings ->> 'zone') - interval '5 hours')::date::text
       from stores join store_settings p using (store_id) where store = $1`,
      [shop.store],
    );
    return { store: shop.store, day: String(day) };
  },
  'till.list': () => ({ store: null }),
  'till.rename': ({ joined, next }) => ({ till: joined.till.options.till, name: `Counter ${String(next())}` }),
  'till.set_active': ({ joined }) => ({ till: joined.till.options.till, active: true }),
  'till.decide_installation': ({ joined }) => ({
    till: joined.till.options.till,
    installation: joined.till.options.installation,
  }),
  'till.pass_over': async ({ joined, next, shop }) => {
    const { till } = joined.till.options;
    const installation = shop.ids.next<InstallationId>();
    const reported_seq = next();
    await shop.admin.query(
      `insert into till_installations (store_id, till_id, installation, last_seen_at, reported_seq)
       select store_id, till_id, $2, now() + interval '1 hour', $3 from tills where till = $1`,
      [till, installation, reported_seq],
    );
    return { till, installation, reported_seq };
  },
  'inbox.list': () => ({}),
  'inbox.count': () => ({}),
  'inbox.decide_edit': async (world) => {
    const { client, joined, next, product } = world;
    const { seq } = joined.till.append('product.edit_proposed', {
      product,
      against: 1,
      changes: { name: `Loaf ${String(next())}` },
      was: { name: 'As nobody has called it' },
    });
    await pushAll(joined);
    const { version } = await client.product.show({ product });
    return { till: joined.till.options.till, seq, field: 'name' as const, take: true, against: version };
  },
  'inbox.note': () => ({ matter: 'closing', subject: 'HS1 7', seen: 'something' }),
  'inbox.settle_clashes': ({ shop }) => ({ store: shop.store, clashes: null }),
  'quarantine.list': () => ({ limit: 10 }),
  'quarantine.project_again': ({ joined }) => ({ till: joined.till.options.till, seq: 4 }),
  'stock.transfers': () => ({ limit: 10 }),
  'stock.transfer': async (world) => ({ number: await receiveSomething(world) }),
  'stock.note_transfer': async (world) => ({ number: await receiveSomething(world) }),
  'stock.counts': () => ({ store: null, limit: 10 }),
  'stock.count': ({ count, shop }) => ({ store: shop.store, count, only: 'all', offset: 0, limit: 10 }),
  'stock.decide_doubt': async (world) => ({ ...(await doubtCount(world)), before: true }),
  'product.list': () => ({ text: 'loaf', category: null, include_inactive: true, after: null, limit: 10 }),
  'product.show': ({ product }) => ({ product }),
  'product.create': (world) => ({
    ...productInput(`SKU-${String(world.next())}`, world),
    barcodes: [`SHELF-${String(world.next())}`],
  }),
  'product.edit': async ({ client, next, product }) => ({
    product,
    against: (await client.product.show({ product })).version,
    changes: { name: `Loaf ${String(next())}` },
  }),
  'catalogue.categories': () => ({}),
  'catalogue.record_category': ({ next }) => ({
    category: v7() as CategoryId,
    name: `Category ${String(next())}`,
    tint: 'dairy',
    position: 1,
    active: true,
  }),
  'catalogue.taxes': () => ({}),
  'catalogue.record_tax': ({ next }) => ({
    tax: v7() as TaxId,
    code: `B${String(next())}`,
    name: `Tax ${String(next())}`,
    rate_millionths: 50_000,
    active: true,
  }),
  'staff.list': () => ({ store: null }),
  'staff.roles': () => ({}),
  'staff.record_role': ({ next }) => ({
    role: v7() as RoleId,
    name: `Role ${String(next())}`,
    permissions: ['sale.view'],
  }),
  'staff.create': ({ next, role, shop }) => ({
    name: 'Jonas Meyer',
    login: `jonas-${String(next())}`,
    roles: [role],
    stores: [shop.store],
    pin: '1357',
    password: 'a password of Jonas',
  }),
  'staff.edit': async (world) => {
    const { staff, version } = await hire(world);
    return { staff, against: version, changes: { name: 'Jonas Meyer-Lang' } };
  },
  'staff.set_pin': ({ member }) => ({ staff: member, pin: '8642' }),
  'staff.set_password': ({ member }) => ({ staff: member, password: 'a password of Mira' }),
  'store.list': () => ({}),
  'store.create': ({ next }) => ({ settings: { ...testSettings, name: `Store ${String(next())}` } }),
  'store.edit': async (world) => {
    const against = await sameSettings(world);
    return {
      store: world.shop.store,
      against,
      settings: { ...against, receipt_footer: `Footer ${String(world.next())}` },
    };
  },
  'enrolment.list': () => ({}),
  'enrolment.create': ({ next, shop }) => ({
    store: shop.store,
    till_code: `N${String(next())}`,
    till_name: 'Counter',
    valid_minutes: 60,
  }),
  'enrolment.create_history': () => ({ valid_minutes: 60 }),
  'enrolment.create_takeover': async ({ next, shop }) => ({
    till: (await shop.join(`T${String(next())}`)).till.options.till,
    valid_minutes: 60,
  }),
  'enrolment.cancel': async (world) => ({ login: (await openCode(world)).login }),
  'user.list': () => ({}),
  'user.create': ({ emptyRole, next }) => ({
    login: `ina-${String(next())}`,
    name: 'Ina Berg',
    roles: [emptyRole],
    password: 'a password of Ina',
  }),
  'user.edit': async (world) => {
    const { user } = await addUser(world);
    return { user, name: 'Ina Berg-Holm', roles: [world.emptyRole], active: true };
  },
  'user.set_password': async (world) => ({ user: (await addUser(world)).user, password: 'a new password of theirs' }),
};
