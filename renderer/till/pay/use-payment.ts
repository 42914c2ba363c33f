import { useLocation } from 'wouter';
import type { Failure } from '../../../shared/contract/errors.ts';
import type { SaleId } from '../../../shared/ids.ts';
import { decimalText } from '../../../shared/money/decimal-text.ts';
import { settle } from '../../../shared/sale/settle.ts';
import { useFormat } from '../../ui/index.ts';
import type { Basket } from '../data/operations.ts';
import { useAccess } from '../data/till-context.tsx';
import { useCommand } from '../data/use-command.ts';
import { useAmountText } from '../frame/amount-text.ts';
import { useAtTheTill } from '../frame/session-context.tsx';
import { useSellStore } from '../sell/sell-store.tsx';

export type TenderKind = 'cash' | 'card';

/** What a tender would do, before it is taken. Only a preview: the till settles. */
export interface Outcome {
  readonly isEnough: boolean;
  readonly change_minor: number;
  readonly missing_minor: number;
}

export interface Payment {
  /** What is due when it is paid in cash, rounded to the coins that there are. */
  readonly dueInCash_minor: number;
  preview(kind: TenderKind, handed_minor: number): Outcome | undefined;
  /** Takes a tender (an amount as it was typed, or in minor units), and completes the sale when nothing is left to pay. */
  take(kind: TenderKind, handed: string | number): Promise<boolean>;
  complete(): Promise<void>;
  readonly isPending: boolean;
  readonly failure: Failure | undefined;
  clear(): void;
}

/** The steps of paying for a basket. */
export function usePayment(basket: Basket, id: SaleId): Payment {
  const access = useAccess();
  const store = useSellStore();
  const { settings } = useAtTheTill();
  const format = useFormat();
  const amountText = useAmountText();
  const [, goTo] = useLocation();
  const add = useCommand('basket.add_tender');
  const finish = useCommand('basket.complete');
  const rounding =
    settings.cash_rounding === null
      ? undefined
      : { step_minor: settings.cash_rounding.step_minor, rounding: settings.cash_rounding.mode };
  const settled = settle(basket.total_minor, basket.tenders, rounding);

  const complete = async (total_minor: number): Promise<void> => {
    const result = await finish.run({ basket: id, total_minor });
    const isDone = result.ok || result.error.code === 'basket.already_completed';
    if (!isDone) return;
    store.getState().reset();
    goTo(`/done/${id}`);
  };
  return {
    dueInCash_minor: settled.ok ? settled.value.due_cash_minor : basket.due_minor,
    preview: (kind, handed_minor) => {
      const after = settle(basket.total_minor, [...basket.tenders, { kind, handed_minor }], rounding);
      if (!after.ok) return undefined;
      const { change_minor, due_cash_minor, due_minor, is_settled } = after.value;
      return { isEnough: is_settled, change_minor, missing_minor: kind === 'cash' ? due_cash_minor : due_minor };
    },
    take: async (kind, handed) => {
      finish.clear();
      const text = typeof handed === 'number' ? decimalText(handed, format.decimals) : amountText(handed);
      const taken = await add.run({ basket: id, kind, handed: text });
      if (!taken.ok) return false;
      try {
        const now = await access.askCached('basket.current', {});
        if (now.due_minor === 0) await complete(now.total_minor);
      } catch {
        // The tender is taken and kept. What is left to pay shows when the till answers again.
      }
      return true;
    },
    complete: () => complete(basket.total_minor),
    isPending: add.isPending || finish.isPending,
    failure: add.failure ?? finish.failure,
    clear: () => {
      add.clear();
      finish.clear();
    },
  };
}
