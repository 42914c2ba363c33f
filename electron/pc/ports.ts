/** What a till needs of the world, on Node. */
import { randomBytes } from 'node:crypto';
import type { Log } from '../../shared/log.ts';
import type { HeadOfficeLink, Ports, SearchMaker } from '../till/ports.ts';
import { createFileMark } from './mark.ts';
import type { SecretKey } from './key.ts';
import { createSecrets } from './secrets.ts';

/** bcrypt's cost in a shop: about a quarter of a second for each try. */
const bcryptCost = 12;

/** The real clock, real randomness, secrets under `key`, and the mark at `markPath`. */
export function createNodePorts(options: {
  readonly key: SecretKey;
  readonly markPath: string;
  readonly log: Log;
  readonly headOffice?: HeadOfficeLink;
  readonly searchMaker?: SearchMaker;
}): Ports {
  const { headOffice, key, log, markPath, searchMaker } = options;
  return {
    clock: { now: () => Date.now() },
    random: { bytes: (length) => new Uint8Array(randomBytes(length)) },
    secrets: createSecrets(key),
    mark: createFileMark(markPath),
    log,
    bcryptCost,
    ...(headOffice === undefined ? {} : { headOffice }),
    ...(searchMaker === undefined ? {} : { searchMaker }),
  };
}
