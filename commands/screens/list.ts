/**
 * Every screen of the till, by its route: what checks all of them works from this list, and a route that is not in it fails a
 * test. A screen that needs to know of what it is gets that from the shop in which it is looked at.
 */

interface ListedScreen {
  readonly name: string;
  /** As the routes write it; several screens may share one. */
  readonly route: string;
  /** Its address: parts in braces are the shop's, `/sales/{sale}`. */
  readonly address: string;
}

export const tillScreens: readonly ListedScreen[] = [
  { name: 'sell', route: '/', address: '/' },
  { name: 'pay in cash', route: '/pay/:kind?', address: '/pay/cash' },
  { name: 'pay by card', route: '/pay/:kind?', address: '/pay/card' },
  { name: 'done', route: '/done/:sale', address: '/done/{sale}' },
  { name: 'sales', route: '/sales/:sale?', address: '/sales' },
  { name: 'one sale', route: '/sales/:sale?', address: '/sales/{sale}' },
  { name: 'find a sale to refund', route: '/refund/:sale?', address: '/refund' },
  { name: 'refund', route: '/refund/:sale?', address: '/refund/{sale}' },
  { name: 'refund without a receipt', route: '/refund-free', address: '/refund-free' },
  { name: 'X report', route: '/shift', address: '/shift' },
  { name: 'cash into the drawer', route: '/shift/cash/:direction', address: '/shift/cash/in' },
  { name: 'cash out of the drawer', route: '/shift/cash/:direction', address: '/shift/cash/out' },
  { name: 'close the shift', route: '/shift/close', address: '/shift/close' },
  { name: 'closings', route: '/shift/closed/:shift?', address: '/shift/closed' },
  { name: 'products', route: '/products', address: '/products' },
  { name: 'new product', route: '/products/new', address: '/products/new' },
  { name: 'product', route: '/products/:product', address: '/products/{product}' },
  { name: 'stock', route: '/stock', address: '/stock' },
  { name: 'stock take', route: '/stock/take', address: '/stock/take' },
  { name: 'differences', route: '/stock/take/differences', address: '/stock/take/differences' },
  { name: 'posted stock take', route: '/stock/taken/:count', address: '/stock/taken/{count}' },
  { name: 'transfers', route: '/stock/transfers', address: '/stock/transfers' },
  { name: 'send goods', route: '/stock/transfers/send', address: '/stock/transfers/send' },
  { name: 'transfer', route: '/stock/transfers/:number', address: '/stock/transfers/{sent}' },
  { name: 'receive goods', route: '/stock/transfers/:number/receive', address: '/stock/transfers/{coming}/receive' },
  { name: 'correct goods', route: '/stock/transfers/:number/correct', address: '/stock/transfers/{coming}/correct' },
  { name: 'categories', route: '/categories', address: '/categories' },
  { name: 'staff', route: '/staff', address: '/staff' },
  { name: 'new member of staff', route: '/staff/new', address: '/staff/new' },
  { name: 'member of staff', route: '/staff/:member', address: '/staff/{member}' },
  { name: 'sync', route: '/sync', address: '/sync' },
  { name: 'support', route: '/support', address: '/support' },
  { name: 'settings', route: '/settings', address: '/settings' },
];

/** The address of a screen, with the shop's own parts in it. Throws for one that the shop does not know. */
export function addressOf({ address, name }: ListedScreen, parts: Readonly<Record<string, string>>): string {
  return address.replaceAll(/\{(\w+)\}/gu, (_, part: string) => {
    const found = parts[part];
    if (found === undefined) throw new Error(`${name} needs to know its ${part}`);
    return found;
  });
}
