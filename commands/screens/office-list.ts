/** Every page of the head office's console by its route, what stands before them, and every dialog. */
import { dialog, type ListedScreen, type Step } from './list.ts';

/** Somebody is signed in, which is the usual one, or nobody; or the server does not answer. */
export type OfficeStand = 'signed in' | 'signed out' | 'unreachable';

const categories: Step = { press: 'headoffice:catalogue.categories' };
const taxes: Step = { press: 'headoffice:catalogue.taxes' };
const roles: Step = { press: 'headoffice:staff.roles' };
const users: Step = { press: 'headoffice:settings.users' };

const routed: readonly ListedScreen<OfficeStand>[] = [
  { name: 'today', route: '/', address: '/' },
  { name: 'sales', route: '/sales', address: '/sales' },
  { name: 'sale', route: '/sales/:store/:sale', address: '/sales/{store}/{sale}' },
  { name: 'tills', route: '/tills', address: '/tills' },
  { name: 'enrol a till', route: '/tills/enrol', address: '/tills/enrol' },
  { name: 'inbox', route: '/inbox', address: '/inbox' },
  { name: 'products', route: '/catalogue', address: '/catalogue' },
  { name: 'categories', route: '/catalogue', address: '/catalogue', steps: [categories] },
  { name: 'taxes', route: '/catalogue', address: '/catalogue', steps: [taxes] },
  { name: 'stock takes', route: '/stock', address: '/stock' },
  { name: 'transfers', route: '/stock/transfers', address: '/stock/transfers' },
  { name: 'transfer', route: '/stock/transfers/:number', address: '/stock/transfers/QU1-A-T2' },
  { name: 'stock take', route: '/stock/:store/:count', address: '/stock/{counted}/{count}' },
  { name: 'staff', route: '/staff', address: '/staff' },
  { name: 'roles', route: '/staff', address: '/staff', steps: [roles] },
  { name: 'reports', route: '/reports', address: '/reports' },
  { name: 'stores', route: '/settings', address: '/settings' },
  { name: 'people of the head office', route: '/settings', address: '/settings', steps: [users] },
  { name: 'own account', route: '/settings', address: '/settings', steps: [{ press: 'headoffice:settings.account' }] },
  { name: 'support', route: '/settings', address: '/settings', steps: [{ press: 'headoffice:settings.support' }] },
  { name: 'no such page', address: '/sales/x/y' },
];

const beforeTheRoutes: readonly ListedScreen<OfficeStand>[] = [
  { name: 'sign in', source: 'headoffice/signin/sign-in-screen.tsx', address: '', stand: 'signed out' },
  { name: 'the server is away', source: 'headoffice/app.tsx', address: '', stand: 'unreachable' },
];

const dialogs: readonly ListedScreen<OfficeStand>[] = [
  dialog('a till', 'headoffice/tills/till-dialog.tsx', '/tills', [{ row: 1 }]),
  dialog('let a PC of a till speak', 'headoffice/tills/other-pcs.tsx', '/tills', [
    { row: 1 },
    { press: 'headoffice:inbox.letSpeak' },
  ]),
  dialog('till out of use', 'headoffice/tills/till-dialog.tsx', '/tills', [
    { row: 1 },
    { press: 'headoffice:tills.takeOut' },
  ]),
  dialog('let another PC speak', 'headoffice/inbox/matters-panel.tsx', '/inbox', [
    { press: 'headoffice:inbox.letSpeak' },
  ]),
  dialog('leave a till as it is', 'headoffice/inbox/matters-panel.tsx', '/inbox', [
    { press: 'headoffice:inbox.passOver' },
  ]),
  dialog('new product', 'headoffice/catalogue/product-dialog.tsx', '/catalogue', [{ press: 'products:new' }]),
  dialog('product', 'headoffice/catalogue/product-dialog.tsx', '/catalogue', [{ row: 1 }]),
  dialog('product out of use', 'headoffice/catalogue/product-dialog.tsx', '/catalogue', [
    { row: 1 },
    { press: 'products:form.deactivate' },
  ]),
  dialog('category', 'headoffice/catalogue/categories-page.tsx', '/catalogue', [categories, { row: 1 }]),
  dialog('tax', 'headoffice/catalogue/taxes-page.tsx', '/catalogue', [taxes, { row: 1 }]),
  dialog('new member of staff', 'headoffice/staff/member-dialog.tsx', '/staff', [{ press: 'staff:new' }]),
  dialog('member of staff', 'headoffice/staff/member-dialog.tsx', '/staff', [{ row: 1 }]),
  dialog('no longer works here', 'headoffice/staff/member-dialog.tsx', '/staff', [
    { row: 1 },
    { press: 'staff:form.deactivate' },
  ]),
  dialog('role', 'headoffice/staff/roles-page.tsx', '/staff', [roles, { row: 1 }]),
  dialog('store', 'headoffice/settings/store-dialog.tsx', '/settings', [{ row: 1 }]),
  dialog('new store', 'headoffice/settings/store-dialog.tsx', '/settings', [{ press: 'headoffice:settings.newStore' }]),
  dialog('new person', 'headoffice/settings/user-dialog.tsx', '/settings', [
    users,
    { press: 'headoffice:settings.newUser' },
  ]),
  dialog('person', 'headoffice/settings/user-dialog.tsx', '/settings', [users, { row: 1 }]),
  dialog('calendar', 'headoffice/frame/day-field.tsx', '/sales', [{ calendar: 1 }]),
  dialog('a choice of many', 'ui/select.tsx', '/sales', [{ press: 'headoffice:common.tender' }]),
];

export const officeScreens: readonly ListedScreen<OfficeStand>[] = [...routed, ...beforeTheRoutes, ...dialogs];
