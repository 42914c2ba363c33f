/** A till to measure: a real file, a real clock, no screen. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { createFileMark } from '../electron/pc/mark.ts';
import { createTill, type Till } from '../electron/till/app.ts';
import type { Ports } from '../electron/till/ports.ts';
import { type Client, createClient } from '../shared/contract/client.ts';
import { tillContract, type TillContract } from '../shared/contract/till.ts';
import type { CommandId, ProductId } from '../shared/ids.ts';
import { tillMigrations } from '../migrations/till/list.ts';
import { logTo } from '../shared/log.ts';
import { britishStore } from '../shared/demo/british-store.ts';

const key = randomBytes(32);

export const benchPorts: Ports = {
  clock: { now: () => Date.now() },
  random: { bytes: (length) => randomBytes(length) },
  secrets: {
    wrap: (plain) => {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, iv);
      return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
    },
    unwrap: (wrapped) => {
      const decipher = createDecipheriv('aes-256-gcm', key, wrapped.subarray(0, 12));
      decipher.setAuthTag(wrapped.subarray(-16));
      return Buffer.concat([decipher.update(wrapped.subarray(12, -16)), decipher.final()]);
    },
  },
  log: logTo((level, event, facts) => {
    if (level === 'error') console.error(event, facts);
  }),
  mark: createFileMark(join(mkdtempSync(join(tmpdir(), 'evertill-bench-mark-')), 'mark')),
  bcryptCost: 4,
};

export interface BenchShop {
  readonly till: Till;
  readonly client: Client<TillContract>;
  readonly session: string;
  readonly products: readonly ProductId[];
}

/** A new shop with an open shift and `products` products, signed in as its manager. */
export async function openBenchShop(path: string, products: number): Promise<BenchShop> {
  const till = createTill({ path, create: true, migrations: tillMigrations, ports: benchPorts });
  // Read at each call, from the moment there is one.
  const signedIn: { session?: string } = {};
  const client = createClient(tillContract, till.invoke, {
    session: () => signedIn.session,
    newCommand: () => v7() as CommandId,
  });
  const { staff } = await client.setup.open_shop({
    settings: britishStore({ name: 'Bench' }),
    till_code: 'B1',
    till_name: 'Bench till',
    manager: { name: 'Manager', login: 'manager', password: 'long enough', pin: null },
  });
  const { token: session } = await client.session.sign_in({
    who: { staff },
    credential: { kind: 'password', secret: 'long enough' },
  });
  signedIn.session = session;
  await client.shift.open({ float: '100.00' });
  const tax = v7() as never;
  await client.catalogue.record_tax({ tax, code: 'A', name: 'VAT', rate_millionths: 200_000, active: true });
  const ids: ProductId[] = [];
  for (let i = 0; i < products; i += 1) {
    const { product } = await client.product.create({
      sku: `SKU-${i}`,
      name: `Product number ${i} of the bench`,
      unit: 'piece',
      price: `${(i % 40) + 1}.${String((i * 7) % 100).padStart(2, '0')}`,
      category: null,
      taxes: [tax],
      barcodes: [],
      stocked: true,
    });
    ids.push(product);
  }
  return { till, client, session, products: ids };
}
