/** What a till needs of the world, on Node. */
import { randomBytes } from 'node:crypto';
import type { HeadOfficeLink, Log, Ports } from '../till/ports.ts';
import { createFileSecrets } from './secrets.ts';

/** bcrypt's cost in a shop: about a quarter of a second for each try. */
const bcryptCost = 12;

/** The real clock, real randomness, and secrets under the key file `keyPath`. */
export function createNodePorts(options: {
  readonly keyPath: string;
  readonly log: Log;
  readonly headOffice?: HeadOfficeLink;
}): Ports {
  const { headOffice, keyPath, log } = options;
  return {
    clock: { now: () => Date.now() },
    random: { bytes: (length) => new Uint8Array(randomBytes(length)) },
    secrets: createFileSecrets(keyPath),
    log,
    bcryptCost,
    ...(headOffice === undefined ? {} : { headOffice }),
  };
}
