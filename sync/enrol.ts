/**
 * How a till joins a head office, a new PC takes over a till, or a shop that was its own comes with all that it has: once,
 * with a code that somebody there made for it.
 */
import { z } from 'zod';
import { type InstallationId, type StoreId, type TillId, uuid } from '../shared/ids.ts';
import type { JoiningShop } from '../shared/joining-shop.ts';
import { hashText } from '../shared/journal/envelope.ts';
import { fetchAuthority } from './certificate-authority.ts';
import { type CentralAddress, defaultTimeouts, openSession } from './central.ts';
import { CentralError } from './central-port.ts';
import type { EnrolmentCode } from './enrolment-code.ts';
import { gatewayKey } from './line.ts';
import { scramVerifier } from './scram.ts';

/** What the till stores about its head office. The password is not in it: it went through the port. */
export interface EnrolledTill {
  readonly store: StoreId;
  readonly till: TillId;
  /** Leads its receipt numbers. */
  readonly code: string;
  readonly name: string;
  /** Changes when central comes back from a backup. */
  readonly incarnation: string;
  /** `hash(0)` of the till's chain. */
  readonly genesis_hash: string;
  /** The head of the chain that central holds: 0 for a new till; above it, the till's journal is to be fetched first. */
  readonly acked_seq: number;
  readonly head_hash: string;
  readonly address: Omit<CentralAddress, 'password'>;
}

export type Enrolment =
  | { readonly ok: true; readonly enrolled: EnrolledTill }
  | {
      readonly ok: false;
      /**
       * `code`: not accepted (wrong, or its time is over). `used`: by another installation. `certificate`: the server is
       * not the one that the code was made at. `unreachable`: try again, the code is still good. `other_kind`: the code is
       * for an `empty` till or for a shop with a `history`, as `detail` says. `currency`: the company sells in the one that
       * `detail` names. `known`: the company has this store or till already. `till_code`: another till has it.
       * `till_inactive`: the head office has taken the till out of use.
       */
      readonly reason: 'code' | 'used' | 'certificate' | 'unreachable' | 'other_kind' | Refusal;
      /** The error's code, for support; or what the reason says of it. */
      readonly detail: string;
    };

const refusals = ['currency', 'known', 'till_code', 'till_inactive'] as const;
type Refusal = (typeof refusals)[number];

export interface EnrolmentParts {
  /** Keeps the password that the till will log in with, where only the till can read it. */
  readonly keepPassword: (password: string) => void | Promise<void>;
  /** Fresh random bytes. */
  readonly randomBytes: (count: number) => Uint8Array;
}

const answerSchema = z.discriminatedUnion('answer', [
  z.object({
    answer: z.literal('enrolled'),
    store: uuid<StoreId>(),
    till: uuid<TillId>(),
    code: z.string(),
    name: z.string(),
    login: z.string(),
    incarnation: z.string(),
    genesis_hash: hashText,
    acked_seq: z.int().min(0),
    head_hash: hashText,
  }),
  z.object({ answer: z.literal('expired') }),
  z.object({ answer: z.literal('used') }),
  z.object({ answer: z.literal('other_kind'), kind: z.enum(['empty', 'history']) }),
  z.object({ answer: z.literal('refused'), reason: z.enum(refusals), detail: z.string() }),
]);

/**
 * Joins with a code. May be called again with the same code and installation after any failure: central then answers with
 * the till that it has made. The password is made here and never sent, only its SCRAM verifier and a key that is made of it.
 * `shop` is for one that was its own until now; every other till is made by the head office.
 */
export async function enrol(
  code: EnrolmentCode,
  installation: InstallationId,
  parts: EnrolmentParts,
  shop: JoiningShop | null = null,
): Promise<Enrolment> {
  const { host, port, database } = code;
  try {
    const ca =
      code.ca_fingerprint === null
        ? null
        : await fetchAuthority(host, port, code.ca_fingerprint, defaultTimeouts.connect_ms);
    const password = Buffer.from(parts.randomBytes(24)).toString('base64url');
    const verifier = scramVerifier(password, parts.randomBytes(16));
    const session = await openSession(
      { host, port, database, ca, login: `evertill_code_${code.login}`, password: code.secret },
      defaultTimeouts,
    );
    try {
      const answer = await session.call(
        answerSchema,
        'select evertill.enrol($1::uuid, $2::text, $3::bytea, $4::jsonb) as answer',
        [installation, verifier, gatewayKey(password), shop === null ? null : JSON.stringify(shop)],
      );
      if (answer.answer === 'expired') return { ok: false, reason: 'code', detail: 'expired' };
      if (answer.answer === 'used') return { ok: false, reason: 'used', detail: 'used' };
      if (answer.answer === 'other_kind') return { ok: false, reason: 'other_kind', detail: answer.kind };
      if (answer.answer === 'refused') return { ok: false, reason: answer.reason, detail: answer.detail };
      await parts.keepPassword(password);
      const { answer: _, login, ...enrolled } = answer;
      return { ok: true, enrolled: { ...enrolled, address: { host, port, database, login, ca } } };
    } finally {
      session.destroy();
    }
  } catch (error) {
    if (!(error instanceof CentralError)) throw error;
    return { ok: false, reason: reasonOf(error), detail: error.code };
  }
}

function reasonOf({ fault }: CentralError): 'code' | 'certificate' | 'unreachable' {
  if (fault === 'login') return 'code';
  return fault === 'certificate' ? 'certificate' : 'unreachable';
}
