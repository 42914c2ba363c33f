/**
 * Tills that have joined, heard the feed and have somebody signed in: made once for each place, then copied into every
 * world that has a till there. What takes real time (migrations, bcrypt) is done here, outside of any world.
 */
import { copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createTill, type Till } from '../../electron/till/app.ts';
import type { Mark, Ports } from '../../electron/till/ports.ts';
import { tillMigrations } from '../../migrations/till/list.ts';
import { createClient } from '../../shared/contract/client.ts';
import { tillContract } from '../../shared/contract/till.ts';
import type { CommandId } from '../../shared/ids.ts';
import { memoryMark } from '../support/memory-mark.ts';
import { CentralModel } from './central/model.ts';
import { Draws } from './draws.ts';
import { openShop } from './own-shop.ts';
import { companyTag, furnish, idOf, opening, pin, storeTag, type TillPlace } from './shop.ts';
import { logTo } from '../../shared/log.ts';

export interface Template {
  readonly path: string;
  readonly mark: Mark;
  /** The session of whoever is signed in. */
  readonly token: string;
}

export const noSecrets: Ports['secrets'] = { wrap: (plain) => plain, unwrap: (wrapped) => wrapped };

export class Templates {
  readonly #folder: string;
  readonly #made = new Map<string, Template>();
  readonly #shops = new Map<number, { readonly place: TillPlace; readonly template: Template }>();

  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
  }

  async of(place: TillPlace): Promise<Template> {
    const made = this.#made.get(place.till) ?? (await this.#make(place));
    this.#made.set(place.till, made);
    return made;
  }

  /** A till's file with its tables and nothing in them. */
  blank(): string {
    const path = join(this.#folder, 'blank.db');
    if (!existsSync(path)) open(path, true, new Draws(0).bytes('blank')).till.close();
    return path;
  }

  /** A shop that is its own: where it is, and its till. */
  async ofShop(index: number): Promise<{ readonly place: TillPlace; readonly template: Template }> {
    const made = this.#shops.get(index) ?? (await this.#makeShop(index));
    this.#shops.set(index, made);
    return made;
  }

  async #makeShop(index: number) {
    const { client, finish, session } = this.#begin(`shop ${index}`);
    const { token, ...known } = await openShop(client, index, (signedIn) => {
      session.token = signedIn;
    });
    const template = finish(token);
    return { template, place: { ...known, installation: template.mark.installation } };
  }

  async #make(place: TillPlace): Promise<Template> {
    const { client, finish, till } = this.#begin(place.code, {
      enrol: () => Promise.resolve({ ...place, history: [] }),
      enrolShop: () => Promise.resolve(),
      appended: () => undefined,
      tryNow: () => undefined,
      status: () => undefined,
      server: () => undefined,
      leave: () => Promise.resolve('unheard'),
      forget: () => undefined,
    });
    await client.setup.join({ code: 'once' });
    hearAll(till, place);
    const { token } = await client.session.sign_in({
      who: { staff: place.staff },
      credential: { kind: 'pin', secret: pin },
    });
    return finish(token);
  }

  /** Opens a new till; `finish` closes it. */
  #begin(name: string, headOffice?: Ports['headOffice']) {
    const path = join(this.#folder, `${name}.db`);
    copyFileSync(this.blank(), path);
    const { mark, till } = open(path, false, new Draws(0).bytes(`template ${name}`), headOffice);
    const session: { token?: string } = {};
    let commands = 0;
    const client = createClient(tillContract, (call) => till.invoke(call), {
      session: () => session.token,
      newCommand: () => {
        commands += 1;
        return idOf<CommandId>(`${name} set-up ${commands}`);
      },
    });
    const finish = (token: string): Template => {
      till.close();
      rmSync(`${path}.lock`, { force: true });
      const kept = mark.read();
      if (kept === undefined) throw new Error('a till that was set up has a mark');
      return { path, mark: kept, token };
    };
    return { client, finish, session, till };
  }
}

function open(path: string, create: boolean, random: Ports['random'], headOffice?: Ports['headOffice']) {
  const mark = memoryMark();
  const till = createTill({
    path,
    create,
    migrations: tillMigrations,
    ports: {
      clock: { now: () => opening },
      random,
      log: logTo((level, event, facts) => {
        if (level === 'error' || level === 'warn') console.error(event, facts);
      }),
      secrets: noSecrets,
      mark,
      bcryptCost: 4,
      ...(headOffice === undefined ? {} : { headOffice }),
    },
  });
  return { till, mark };
}

/** Applies both streams as they are when every world begins. */
function hearAll(till: Till, place: TillPlace): void {
  const model = new CentralModel('base', companyTag, () => new Date(opening).toISOString());
  model.addStore(place.store, storeTag(place.storeIndex));
  furnish((...row) => model.put(...row), [place.storeIndex]);
  // A world's till hears of the tills of its store, itself among them, when it connects.
  model.addTill(place);
  for (let more = true; more;) {
    const cursors = till.sync.cursors();
    const answer = model.answer(place.till, { call: 'pull', installation: null, cursors, limit: 500 });
    if (answer.answer !== 'pages') throw new Error('the feed was not heard');
    for (const page of answer.pages) till.sync.applyPage(page);
    more = answer.pages.some((page) => page.more);
  }
}
