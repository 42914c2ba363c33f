/**
 * What is written down of a transfer until it is sent off or received: the window keeps it, so that a reload or a look at
 * another screen loses nothing.
 */
import { z } from 'zod';
import type { ErrorCode, Result } from '../../../shared/contract/errors.ts';
import { type CommandId, type ProductId, type StoreId, uuid } from '../../../shared/ids.ts';
import { unit } from '../../../shared/journal/kinds/fields.ts';
import { newId } from '../../line/line.ts';
import { readKept } from '../frame/kept.ts';

const goods = z.strictObject({
  product: uuid<ProductId>(),
  sku: z.string(),
  name: z.string(),
  unit,
  quantity_milli: z.int(),
  /** What it is compared with: what the other store says that it sent, or what is written down; null for nothing. */
  sent_milli: z.int().nullable(),
});
const choices = z.strictObject({
  /** Where goods are sent; null until somebody chose, and where they are received. */
  to_store: uuid<StoreId>().nullable(),
  /** Whether more is still to come; null until somebody said so. */
  awaits_more: z.boolean().nullable(),
});
const written = z.strictObject({ against: z.string(), goods: z.array(goods), choices });

/** Something that is sent, or has arrived. */
export type Goods = Readonly<z.infer<typeof goods>>;

/** What is said of the goods as a whole. */
export type Choices = Readonly<z.infer<typeof choices>>;

export const noChoices: Choices = { to_store: null, awaits_more: null };

/** The goods of which transfer, and what for. */
export interface DraftOf<Input> {
  /** Tells it from others in the same window. */
  readonly name: string;
  /** What the till sends it off with. */
  readonly input: z.ZodType<Input>;
  /**
   * Of a correction: what was written down when it began. What is put right begins there, and what was kept when something
   * else was written down is not what is to be put right now.
   */
  readonly corrects?: string | undefined;
}

/** `open`: no answer came, and it may be done or not. */
export type SentOff<Sent> =
  | { readonly state: 'done'; readonly sent: Sent | undefined }
  | { readonly state: 'refused' }
  | { readonly state: 'open' };

export interface GoodsDraft<Input> {
  /** What was written down, with what is expected; all of that, where nothing was. */
  read(expected: readonly Goods[]): readonly Goods[];
  readChoices(): Choices;
  keep(goods: readonly Goods[], choices: Choices): void;
  /** Whether it was sent off and no answer came yet, be it for a reload. */
  isOpen(): boolean;
  /**
   * Sends it off, and forgets it once that was done. Where no answer came to what was sent off before, that goes again
   * instead, as it was and under the same UUID, whatever stands here now: goods are sent once.
   */
  sendOff<Sent>(
    input: Input | undefined,
    run: (input: Input, command: CommandId) => Promise<Result<Sent>>,
  ): Promise<SentOff<Sent>>;
}

type Kept = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** With these nobody has looked whether it was done before. */
const saysNothing = new Set<ErrorCode>(['connection.lost', 'session.required', 'session.ended', 'rate.limited']);

/** It was done before: the till no longer knows its own answer, or gave it to somebody else who was signed in then. */
const saysDone = new Set<ErrorCode>(['command.already_recorded', 'command.conflict']);

/** The goods of one transfer. */
export function createGoodsDraft<Input>(storage: Kept, of: DraftOf<Input>): GoodsDraft<Input> {
  const place = `evertill.goods.${of.name}`;
  const attemptPlace = `${place}.attempt`;
  const against = of.corrects ?? '';
  const attempt = z.strictObject({ input: of.input, command: uuid<CommandId>() });
  const readWritten = () => {
    const found = readKept(storage.getItem(place), written);
    return found?.against === against ? found : undefined;
  };
  const readAttempt = () => readKept(storage.getItem(attemptPlace), attempt);
  return {
    read: (expected) => {
      const held = readWritten()?.goods ?? [];
      // In the order in which they stood; what has become expected since comes last.
      const kept = held
        .map((one) => {
          const sent_milli = expected.find(({ product }) => product === one.product)?.sent_milli ?? null;
          return { ...one, sent_milli };
        })
        .filter(({ quantity_milli, sent_milli }) => quantity_milli !== 0 || sent_milli !== null);
      return [...kept, ...expected.filter(({ product }) => !held.some((one) => one.product === product))];
    },
    readChoices: () => readWritten()?.choices ?? noChoices,
    keep: (all, chosen) => {
      if (isWrittenDown(all, of.corrects !== undefined))
        storage.setItem(place, JSON.stringify({ against, goods: all, choices: chosen }));
      else storage.removeItem(place);
    },
    isOpen: () => readAttempt() !== undefined,
    sendOff: async (input, run) => {
      const going = readAttempt() ?? (input === undefined ? undefined : { input, command: newId<CommandId>() });
      if (going === undefined) return { state: 'refused' };
      storage.setItem(attemptPlace, JSON.stringify(going));
      const result = await run(going.input, going.command);
      if (!result.ok && saysNothing.has(result.error.code)) return { state: 'open' };
      const isDone = result.ok || saysDone.has(result.error.code);
      // Who went away and came back may have had the answer already, and be writing down the next.
      if (readAttempt()?.command === going.command) {
        storage.removeItem(attemptPlace);
        if (isDone) storage.removeItem(place);
      }
      if (!isDone) return { state: 'refused' };
      return { state: 'done', sent: result.ok ? result.value : undefined };
    },
  };
}

/** Whether somebody has written anything down: what is only expected, or was there before a correction, nobody has. */
export function isWrittenDown(all: readonly Goods[], isCorrection: boolean): boolean {
  return all.some(
    ({ quantity_milli, sent_milli }) => sent_milli === null || quantity_milli !== (isCorrection ? sent_milli : 0),
  );
}
