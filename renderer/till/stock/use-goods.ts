import { useEffect, useEffectEvent, useState } from 'react';
import type { Failure } from '../../../shared/contract/errors.ts';
import type { ProductId } from '../../../shared/ids.ts';
import type { CommandState } from '../../line/use-sent-once.ts';
import type { Product } from '../data/operations.ts';
import { useAtTheTill } from '../frame/session-context.tsx';
import { useFindByBarcode } from '../refund/product-finder.tsx';
import { useScanner } from '../scan/index.ts';
import {
  type Choices,
  createGoodsDraft,
  type DraftOf,
  type Goods,
  isWrittenDown,
  type SentOff,
} from './goods-draft.ts';

export interface GoodsList {
  readonly goods: readonly Goods[];
  readonly choices: Choices;
  /** A barcode that names nothing whose stock is kept; null where the last one did. */
  readonly unknown: string | null;
  readonly isWrittenDown: boolean;
  readonly isCorrection: boolean;
  /** It was sent off and its answer is awaited: until then nothing of it can be changed. */
  readonly isLocked: boolean;
  /** No answer came: only sending it off again tells whether it was done. */
  readonly isUnanswered: boolean;
  /** Why it was refused; undefined where it was not. */
  readonly failure: Failure | undefined;
  /** Adds one more of a product. */
  add(product: Pick<Product, 'product' | 'sku' | 'name' | 'unit'>): void;
  set(product: ProductId, quantity_milli: number): void;
  remove(product: ProductId): void;
  choose(choices: Partial<Choices>): void;
  /** Takes everything for arrived as it was sent. */
  asSent(): void;
  /** Begins anew. */
  clear(): void;
  /** Sends off again what no answer came to. */
  retry(): Promise<void>;
}

export interface GoodsParts<Input, Sent> extends DraftOf<Input> {
  readonly expected: readonly Goods[];
  readonly command: CommandState<Input, Sent>;
  /** It was done; undefined where the till no longer knows what it answered then. */
  readonly onDone: (sent: Sent | undefined) => void;
}

/**
 * A list of goods that is filled by scanning and typing, and kept until it is sent off. What was sent off before a reload,
 * and has no answer, goes first.
 */
export function useGoods<Input, Sent>(
  parts: GoodsParts<Input, Sent>,
): GoodsList & { sendOff(input: Input): Promise<SentOff<Sent>['state']> } {
  const { command, corrects, expected, onDone } = parts;
  const { status } = useAtTheTill();
  const find = useFindByBarcode();
  const [draft] = useState(() =>
    createGoodsDraft(sessionStorage, { ...parts, name: `${status.till ?? ''}.${parts.name}` }),
  );
  const [goods, setGoods] = useState(() => draft.read(expected));
  const [choices, setChoices] = useState(() => draft.readChoices());
  useEffect(() => draft.keep(goods, choices), [draft, goods, choices]);
  const [unknown, setUnknown] = useState<string | null>(null);
  const [way, setWay] = useState<'here' | 'under way' | 'unanswered'>(() => (draft.isOpen() ? 'under way' : 'here'));
  const sendOff = async (input: Input | undefined): Promise<SentOff<Sent>['state']> => {
    setWay('under way');
    const at = window.location.hash;
    const off = await draft.sendOff(input, (as, uuid) => command.run(as, { command: uuid }));
    // Whoever has gone to another screen meanwhile is left there.
    if (off.state === 'done' && window.location.hash === at) onDone(off.sent);
    if (off.state !== 'done') setWay(off.state === 'open' ? 'unanswered' : 'here');
    return off.state;
  };
  const sendOpen = useEffectEvent(() => {
    if (draft.isOpen()) void sendOff(undefined);
  });
  useEffect(() => sendOpen(), []);
  const isLocked = way !== 'here';
  const change = (to: (all: readonly Goods[]) => readonly Goods[]): void => {
    if (!isLocked) setGoods(to);
  };
  const add: GoodsList['add'] = ({ name, product, sku, unit }) => {
    setUnknown(null);
    change((all) =>
      all.some((one) => one.product === product)
        ? all.map((one) => (one.product === product ? { ...one, quantity_milli: one.quantity_milli + 1000 } : one))
        : [...all, { product, sku, name, unit, quantity_milli: 1000, sent_milli: null }],
    );
  };
  useScanner(async (code) => {
    const found = await find(code);
    if (found === undefined || !found.stocked) setUnknown(code);
    else add(found);
  });
  return {
    goods,
    choices,
    unknown,
    isWrittenDown: isWrittenDown(goods, corrects !== undefined),
    isCorrection: corrects !== undefined,
    isLocked,
    isUnanswered: way === 'unanswered',
    failure: isLocked ? undefined : command.failure,
    add,
    set: (product, quantity_milli) =>
      change((all) => all.map((one) => (one.product === product ? { ...one, quantity_milli } : one))),
    remove: (product) => change((all) => all.filter((one) => one.product !== product)),
    choose: (some) => {
      if (!isLocked) setChoices((held) => ({ ...held, ...some }));
    },
    asSent: () => change((all) => all.map((one) => ({ ...one, quantity_milli: one.sent_milli ?? one.quantity_milli }))),
    clear: () => change(() => expected),
    retry: async () => void (await sendOff(undefined)),
    sendOff,
  };
}
