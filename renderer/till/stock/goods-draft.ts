/**
 * What is written down of a transfer until it is sent off or received: the window keeps it, so that a reload or a look at
 * another screen loses nothing.
 */
import { z } from 'zod';
import type { Failure, Result } from '../../../shared/contract/errors.ts';
import { type CommandId, type ProductId, uuid } from '../../../shared/ids.ts';
import { unit } from '../../../shared/journal/kinds/fields.ts';
import { newId } from '../../line/line.ts';

const goods = z.strictObject({
  product: uuid<ProductId>(),
  sku: z.string(),
  name: z.string(),
  unit,
  quantity_milli: z.int(),
  /** What it is compared with: what the other store says that it sent, or what is written down; null for nothing. */
  sent_milli: z.int().nullable(),
});
const attempt = z.strictObject({ input: z.string(), command: uuid<CommandId>() });

/** Something that is sent, or has arrived. */
export type Goods = Readonly<z.infer<typeof goods>>;

export interface GoodsDraft {
  /** What was written down, with what is expected; all of that, where nothing was. */
  read(expected: readonly Goods[]): readonly Goods[];
  keep(goods: readonly Goods[]): void;
  /**
   * Sends it off, and forgets it once that was done. Where the answer was lost, also to a reload, the same goods go under
   * the same UUID again: they are sent once.
   */
  sendOff<Sent>(input: unknown, run: (command: CommandId) => Promise<Result<Sent>>): Promise<Result<Sent>>;
}

type Kept = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const lost: Failure['code'] = 'connection.lost';

/** The goods of one transfer; `name` tells it from others. */
export function createGoodsDraft(storage: Kept, name: string): GoodsDraft {
  const place = `evertill.goods.${name}`;
  const attemptPlace = `${place}.attempt`;
  return {
    read: (expected) => {
      const written = parseKept(storage.getItem(place), z.array(goods)) ?? [];
      const quantityOf = (product: ProductId) => written.find((one) => one.product === product)?.quantity_milli;
      const others = written.filter(({ product }) => !expected.some((one) => one.product === product));
      return [
        ...expected.map((one) => ({ ...one, quantity_milli: quantityOf(one.product) ?? one.quantity_milli })),
        ...others.map((one) => ({ ...one, sent_milli: null })),
      ];
    },
    keep: (all) => {
      if (isWrittenDown(all)) storage.setItem(place, JSON.stringify(all));
      else storage.removeItem(place);
    },
    sendOff: async (input, run) => {
      const text = JSON.stringify(input);
      const before = parseKept(storage.getItem(attemptPlace), attempt);
      const command = before?.input === text ? before.command : newId<CommandId>();
      storage.setItem(attemptPlace, JSON.stringify({ input: text, command }));
      const result = await run(command);
      if (result.ok) storage.removeItem(place);
      if (result.ok || result.error.code !== lost) storage.removeItem(attemptPlace);
      return result;
    },
  };
}

/** Whether somebody has written anything down: what is only expected nobody has. */
export function isWrittenDown(all: readonly Goods[]): boolean {
  return all.some(({ quantity_milli, sent_milli }) => quantity_milli > 0 || sent_milli === null);
}

/** What an older window kept may have another shape: it is as if there were nothing. */
function parseKept<T>(text: string | null, shape: z.ZodType<T>): T | undefined {
  if (text === null) return undefined;
  try {
    return shape.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
