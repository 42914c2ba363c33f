/** Every screen of the till by its route, every page before the routes, and every dialog. */
import { dialog, type ListedScreen } from './list.ts';

/**
 * How the till stands when somebody looks, in the order in which a day passes: with a basket before the manager, which is the
 * usual one, and before a `cashier`; with the drawer being `counted`; with the shift `closed`.
 */
export const dayStands = ['manager', 'cashier', 'counted', 'closed'] as const;
/** What comes before anybody works: a till that is `new`, one that has just joined, one where nobody is signed in. */
export const firstStands = [
  'new',
  'joined just now',
  'taken over',
  'signed out',
  'one person',
  'nobody',
  'silent',
  'failing',
] as const;
export type TillStand = (typeof dayStands | typeof firstStands)[number];

const routed: readonly ListedScreen<TillStand>[] = [
  { name: 'sell', route: '/', address: '/' },
  { name: 'what was found', route: '/', address: '/', steps: [{ key: 'F2' }, { type: 'milk' }] },
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
  { name: 'a basket before the count', route: '/shift/close', address: '/shift/close' },
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
  { name: 'count the drawer', route: '/shift/close', address: '/shift/close', stand: 'counted' },
  { name: 'open a shift', route: '/', address: '/', stand: 'closed' },
];

const beforeTheRoutes: readonly ListedScreen<TillStand>[] = [
  { name: 'set-up', source: 'till/setup/setup-screen.tsx', address: '', stand: 'new' },
  {
    name: 'open a shop',
    source: 'till/setup/shop-form.tsx',
    address: '',
    stand: 'new',
    steps: [{ press: 'setup:shop.begin' }],
  },
  {
    name: 'join a head office',
    source: 'till/setup/join-form.tsx',
    address: '',
    stand: 'new',
    steps: [{ press: 'setup:join.begin' }],
  },
  {
    name: 'taken over',
    source: 'till/setup/taken-over.tsx',
    address: '',
    stand: 'taken over',
    steps: [{ press: 'setup:join.begin' }, { type: 'HARBOUR-7Q2M-4KXW', into: 'setup:join.code' }, { key: 'Enter' }],
  },
  { name: 'the shop is fetched', source: 'till/app.tsx', address: '', stand: 'joined just now', isAwaiting: true },
  { name: 'looking for the till', source: 'till/app.tsx', address: '', stand: 'silent', isAwaiting: true },
  { name: 'who is it', source: 'till/signin/sign-in-screen.tsx', address: '', stand: 'signed out' },
  {
    name: 'PIN',
    source: 'till/signin/sign-in-screen.tsx',
    address: '',
    stand: 'signed out',
    steps: [{ press: 'Jonas M.' }],
  },
  {
    name: 'sign in by password',
    source: 'till/signin/sign-in-screen.tsx',
    address: '',
    stand: 'signed out',
    steps: [{ press: 'Jonas M.' }, { press: 'common:pin.usePassword' }],
  },
  { name: 'the first sign-in', source: 'till/signin/sign-in-screen.tsx', address: '', stand: 'one person' },
  { name: 'nobody to sign in', source: 'till/signin/sign-in-screen.tsx', address: '', stand: 'nobody' },
  { name: 'the shift does not load', source: 'till/frame/signed-in.tsx', address: '', stand: 'failing' },
];

const dialogs: readonly ListedScreen<TillStand>[] = [
  dialog('more', 'till/frame/more-dialog.tsx', '/', [{ key: 'F1' }]),
  dialog('change a key', 'till/keys/change-key-dialog.tsx', '/', [
    { key: 'F1' },
    { press: 'keys:action.confirmCount' },
  ]),
  dialog('keys', 'till/keys/keys-panel.tsx', '/settings', [{ press: 'keys:open' }]),
  dialog('quantity of what comes next', 'till/sell/sell-dialogs.tsx', '/', [{ press: 'sell:keys.quantity' }]),
  dialog('change a line', 'till/sell/sell-dialogs.tsx', '/', [{ key: 'F5' }]),
  dialog('discount', 'till/sell/sell-dialogs.tsx', '/', [{ key: 'F6' }]),
  dialog('open price', 'till/sell/sell-dialogs.tsx', '/', [{ key: 'F2' }, { type: 'DEAR-0' }, { take: 'option' }]),
  dialog('weigh', 'till/sell/sell-dialogs.tsx', '/', [{ key: 'F2' }, { type: 'Vine tomatoes' }, { take: 'option' }]),
  dialog('void the basket', 'till/sell/void-dialog.tsx', '/', [{ press: 'sell:basket.void' }]),
  dialog('all categories', 'till/sell/all-categories.tsx', '/', [{ press: 'sell:categories.all' }]),
  dialog(
    'join with a history',
    'till/settings/join-panel.tsx',
    '/settings',
    [{ press: 'setup:joinShop.begin' }],
    'closed',
  ),
  dialog('leave the till', 'till/settings/leave-panel.tsx', '/settings', [{ press: 'setup:leave.begin' }], 'closed'),
  dialog('no longer works here', 'till/staff/staff-form.tsx', '/staff/{member}', [{ press: 'staff:form.deactivate' }]),
  dialog('product out of use', 'till/products/product-form.tsx', '/products/{product}', [
    { press: 'products:form.deactivate' },
  ]),
  dialog('a choice of many', 'ui/select.tsx', '/products/new', [{ press: 'products:form.unit' }]),
  dialog('category', 'till/products/category-dialog.tsx', '/categories', [{ row: 1 }]),
  dialog('tax', 'till/products/tax-dialog.tsx', '/categories', [{ press: 'products:categories.newTax' }]),
  dialog('correct the stock', 'till/stock/adjust-dialog.tsx', '/stock', [{ row: 1 }]),
  dialog('count by hand', 'till/stock/count-dialog.tsx', '/stock/take', [{ row: 1 }]),
  dialog('give up a stock take', 'till/stock/sheet-view.tsx', '/stock/take', [{ press: 'stock:takes.giveUp' }]),
  dialog('post a stock take', 'till/stock/differences-screen.tsx', '/stock/take/differences', [
    { press: 'stock:takes.post' },
  ]),
  dialog('the rest is none', 'till/stock/differences-screen.tsx', '/stock/take/differences', [
    { press: 'stock:takes.restIsNone' },
  ]),
  dialog('receive by number', 'till/stock/transfers-screen.tsx', '/stock/transfers', [
    { press: 'stock:transfers.byNumber' },
  ]),
  dialog('cancel a transfer', 'till/stock/transfer-screen.tsx', '/stock/transfers/{sent}', [
    { press: 'stock:transfers.cancel' },
  ]),
  dialog('nothing more comes', 'till/stock/transfer-screen.tsx', '/stock/transfers/{partly}', [
    { press: 'stock:transfers.end' },
  ]),
  dialog('receive these goods', 'till/stock/receive-screen.tsx', '/stock/transfers/{coming}/receive', [
    { press: 'stock:transfers.asSent' },
    { press: 'stock:transfers.receive' },
  ]),
  dialog('how many came', 'till/stock/quantity-dialog.tsx', '/stock/transfers/{coming}/receive', [{ row: 1 }]),
  dialog('send these goods', 'till/stock/send-screen.tsx', '/stock/transfers/send', [
    { type: 'Ceramic mug', into: 'refund:free.find' },
    { take: 'button' },
    { press: 'stock:transfers.send' },
  ]),
  dialog('clear the list', 'till/stock/goods-panel.tsx', '/stock/transfers/send', [
    { type: 'Ceramic mug', into: 'refund:free.find' },
    { take: 'button' },
    { press: 'stock:transfers.clear' },
  ]),
  dialog('why goods are corrected', 'till/stock/correct-screen.tsx', '/stock/transfers/{sent}/correct', [
    { row: 1 },
    { type: '3' },
    { key: 'Enter' },
    { press: 'stock:transfers.correct' },
  ]),
  dialog(
    'is this the right day',
    'till/shift/open-shift-screen.tsx',
    '/',
    [{ type: '100' }, { key: 'Enter' }],
    'closed',
  ),
  dialog(
    'approve a price',
    'till/sell/line-form.tsx',
    '/',
    [{ key: 'F5' }, { type: '0.50' }, { press: 'sell:lineDialog.reasons.damaged' }, { press: 'sell:lineDialog.save' }],
    'cashier',
  ),
  dialog(
    'approve a discount',
    'till/sell/discount-form.tsx',
    '/',
    [
      { key: 'F6' },
      { type: '10' },
      { press: 'sell:discountDialog.reasons.damaged' },
      { press: 'sell:discountDialog.give' },
    ],
    'cashier',
  ),
  dialog(
    'approve a discount on the basket',
    'till/sell/discount-form.tsx',
    '/',
    [
      { key: 'F6' },
      { press: 'sell:discountDialog.ofBasket' },
      { type: '10', into: 'sell:discountDialog.percentLabel' },
      { press: 'sell:discountDialog.reasons.goodwill' },
      { press: 'sell:discountDialog.give' },
    ],
    'cashier',
  ),
  dialog(
    'approve cash into the drawer',
    'till/shift/cash-screen.tsx',
    '/shift/cash/in',
    [{ type: '20' }, { press: 'shift:cash.reasonsIn.change' }, { press: 'shift:cash.putIn' }],
    'cashier',
  ),
  dialog(
    'approve cash out of the drawer',
    'till/shift/cash-screen.tsx',
    '/shift/cash/out',
    [{ type: '20' }, { press: 'shift:cash.reasonsOut.bank' }, { press: 'shift:cash.takeOut' }],
    'cashier',
  ),
  dialog(
    'approve a refund',
    'till/refund/give-back-column.tsx',
    '/refund-free',
    [
      { type: 'Ceramic mug', into: 'refund:free.find' },
      { take: 'button' },
      { press: 'refund:reasons.faulty' },
      { key: 'F10' },
    ],
    'cashier',
  ),
];

export const tillScreens: readonly ListedScreen<TillStand>[] = [...routed, ...beforeTheRoutes, ...dialogs];
