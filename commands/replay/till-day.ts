/** One till, one day after another: who is signed in, which shift is open, what is in the drawer. */
import type { Call, Client } from '../../shared/contract/client.ts';
import { createClient, OperationError } from '../../shared/contract/client.ts';
import type { Result } from '../../shared/contract/errors.ts';
import { tillContract } from '../../shared/contract/till.ts';
import type { CommandId } from '../../shared/ids.ts';
import { decimalText } from '../../shared/money/decimal-text.ts';

type TillClient = Client<typeof tillContract>;

export interface Credentials {
  readonly login: string;
  readonly password: string;
}

export interface Team {
  /** Sells, corrects stock, opens and closes shifts. */
  readonly clerk: Credentials;
  /** Refunds; nobody else may. */
  readonly manager: Credentials;
}

export interface TillDays {
  readonly clerk: TillClient;
  /** Signs the clerk in where nobody has yet. */
  signIn(): Promise<void>;
  /** The manager's client; signs them in at the first refund of a shift. */
  manager(): Promise<TillClient>;
  /** Sees to it that the shift open is that of the invoice's day. */
  turnTo(day: string): Promise<void>;
  /** Cash came into the drawer, or left it. */
  moved(minor: number): void;
  /** Sees to it that so much can be given back: what is missing comes from the safe. */
  provide(minor: number): Promise<void>;
  /** Closes the shift that is open. */
  end(): Promise<void>;
}

const float_minor = 10_000;
/** Of pounds. */
const decimals = 2;

/** The days of one till. Everything is asked of the till as a screen would ask it. */
export function createTillDays(
  invoke: (call: Call) => Promise<Result<unknown>>,
  newCommand: () => CommandId,
  team: Team,
): TillDays {
  const signIns = { clerk: signInAs(team.clerk), manager: signInAs(team.manager) };
  let day: string | undefined;
  let drawer_minor = 0;

  function signInAs(credentials: Credentials) {
    let token: string | undefined;
    const client = createClient(tillContract, invoke, { session: () => token, newCommand });
    return {
      client,
      signIn: async () => {
        if (token !== undefined) return;
        const who = { login: credentials.login };
        const signedIn = await client.session.sign_in({
          who,
          credential: { kind: 'password', secret: credentials.password },
        });
        token = signedIn.token;
      },
      lock: async () => {
        if (token === undefined) return;
        await client.session.lock({});
        token = undefined;
      },
    };
  }

  async function openShift(): Promise<void> {
    await signIns.clerk.signIn();
    const { shift } = signIns.clerk.client;
    const { today } = await shift.current({});
    // After a Sunday the till asks whether the date can be right; somebody who stands in the shop confirms it.
    await shift.open({ float: decimalText(float_minor, decimals) }).catch((error: unknown) => {
      if (!(error instanceof OperationError) || error.failure.code !== 'shift.date_far') throw error;
      return shift.open({ float: decimalText(float_minor, decimals), confirm_date: today });
    });
    drawer_minor = float_minor;
  }

  async function closeShift(): Promise<void> {
    const { shift } = signIns.clerk.client;
    const { expected_minor } = await shift.report({});
    if (expected_minor !== drawer_minor)
      throw new Error(`the till expects ${expected_minor} in the drawer, and there is ${drawer_minor}`);
    await shift.close({ counted: decimalText(drawer_minor, decimals), denominations: [], reason: null });
    await signIns.manager.lock();
    await signIns.clerk.lock();
  }

  return {
    clerk: signIns.clerk.client,
    signIn: signIns.clerk.signIn,
    manager: async () => {
      await signIns.manager.signIn();
      return signIns.manager.client;
    },
    turnTo: async (next) => {
      if (next === day) return;
      if (day !== undefined) await closeShift();
      await openShift();
      day = next;
    },
    moved: (minor) => {
      drawer_minor += minor;
    },
    provide: async (minor) => {
      const missing = minor - drawer_minor;
      if (missing <= 0) return;
      await signIns.clerk.client.shift.pay_in({
        amount: decimalText(missing, decimals),
        reason: 'From the safe, for a refund',
      });
      drawer_minor += missing;
    },
    end: async () => {
      if (day !== undefined) await closeShift();
      day = undefined;
    },
  };
}
