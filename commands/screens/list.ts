/**
 * What a screen or a dialog is in the lists of all of them (`till-list.ts`, `office-list.ts`): what checks every screen works
 * from these lists, and a route, a page or a dialog that is in none of them fails a test.
 */

/**
 * One thing that a hand does. Words with a colon are a key of the catalogs, `stock:takes.giveUp`, so that the hand finds them
 * in every language; without one they stand there in every language, as names do.
 */
export type Step =
  /** A button, tab, choice or box that begins with these words. */
  | { readonly press: string }
  /** A row of the first table: 1 is the first. */
  | { readonly row: number }
  /** What opens the calendar of a field for a day: 1 is the first. */
  | { readonly calendar: number }
  | { readonly key: string }
  /** Into the field of this label; without one, into the field that has the focus. */
  | { readonly type: string; readonly into?: string }
  /** Waits for a product that a search found, and takes it. */
  | { readonly take: 'option' | 'button' };

export interface ListedScreen<Stand extends string = string> {
  /** No two have the same. */
  readonly name: string;
  /** As the routes write it, where it has one; several screens may share it. */
  readonly route?: string;
  /** The file that draws it, in `renderer`, where it has no route of its own: a page before the routes, or a dialog. */
  readonly source?: string;
  /** Where it is, or over which screen it opens: parts in braces are the shop's, `/sales/{sale}`. Empty for what has no address. */
  readonly address: string;
  /** How it comes up there. */
  readonly steps?: readonly Step[];
  /** In which shop it is looked at, when it is not the usual one. */
  readonly stand?: Stand;
  /** Opens over the screen and holds the focus. */
  readonly isDialog?: true;
  /** Tells only that something is awaited, and never comes to rest. */
  readonly isAwaiting?: true;
}

/** The address of a screen, with the shop's own parts in it. Throws for one that the shop does not know. */
export function addressOf({ address, name }: ListedScreen, parts: Readonly<Record<string, string>>): string {
  return address.replaceAll(/\{(\w+)\}/gu, (_, part: string) => {
    const found = parts[part];
    if (found === undefined) throw new Error(`${name} needs to know its ${part}`);
    return found;
  });
}

/** A dialog over a screen, or what stands beside it and holds the focus as one. */
export function dialog<Stand extends string>(
  name: string,
  source: string,
  address: string,
  steps: readonly Step[],
  stand?: Stand,
): ListedScreen<Stand> {
  return { name, source, address, steps, isDialog: true, ...(stand === undefined ? {} : { stand }) };
}
