/**
 * The element at `index`, which exists: the caller counted. Where it does not, this is a mistake to hear of at once
 * (`RangeError`), and not an amount of 0.
 */
export function elementAt<Element>(list: readonly Element[], index: number): Element {
  const element = list[index];
  if (element === undefined) throw new RangeError(`no element ${index} of ${list.length}`);
  return element;
}
