/** What somebody at the head office changes. */
import { describe, expect, it } from 'vitest';
import { permissions } from '../../../shared/contract/permissions.ts';
import { faults } from '../../support/faults.ts';
import { eventually, go, open, openAt, overflow_px, settled, signIn, type World } from './support.ts';

export function editStories(world: () => World): void {
  describe('the catalogue', () => {
    it('takes a new product, an edit and taking out of use, each seen in the list', async () => {
      const page = await openAt(world(), '#/catalogue');
      await page.getByRole('button', { name: 'New product' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Name').fill('Lemon curd, 220 g');
      await dialog.getByLabel('SKU').fill('PAN-77');
      await dialog.getByLabel('Price').fill('4.255');
      await dialog.getByText('British pounds have 2 decimals. Not saved.').waitFor();
      expect(await dialog.getByRole('button', { name: 'Create product' }).isDisabled()).toBe(true);
      await dialog.getByLabel('Price').fill('4.25');
      expect(await faults(page)).toEqual([]);
      await dialog.getByRole('button', { name: 'Create product' }).click();
      await page.getByText('Lemon curd, 220 g is created').waitFor();
      await page.getByLabel('Name, SKU or barcode').fill('PAN-77');
      const row = page.getByRole('row', { name: /Lemon curd/ });
      await row.click();
      await dialog.getByLabel('Price').fill('1,004.40');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await dialog.getByText('Is £1,004.40 really the price?').waitFor();
      await dialog.getByRole('button', { name: 'Yes, that is the price' }).click();
      await page.getByText('Lemon curd, 220 g is saved').waitFor();
      await eventually(() => row.innerText()).toContain('1,004.40');
      // Opened again, a price with thousands is read as it was written: nothing is changed yet.
      await row.click();
      expect(await dialog.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
      await dialog.getByRole('button', { name: 'Take out of use' }).click();
      await page.getByRole('alertdialog').getByRole('button', { name: 'Take out of use' }).click();
      await eventually(() => row.count()).toBe(0);
      await page.getByText('Also those no longer in use').click();
      await eventually(() => row.innerText()).toContain('Not in use');
    });

    it('marks the field whose text has a sign that nobody sees, says so, and goes there', async () => {
      const page = await openAt(world(), '#/catalogue');
      await page.getByRole('button', { name: 'New product' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Name').fill('Cab\u202ebage');
      await dialog.getByLabel('SKU').fill('CAB-1');
      await dialog.getByRole('button', { name: 'Create product' }).click();
      await dialog.getByText('Check the marked fields').waitFor();
      const marked = dialog.locator('[aria-invalid=true]');
      await eventually(() => marked.count()).toBe(1);
      await eventually(() => marked.evaluate((field) => field === document.activeElement)).toBe(true);
      expect(await marked.inputValue()).toBe('Cab\u202ebage');
      await dialog.getByText('a character that can’t be printed').waitFor();
    });

    it('that was changed by somebody else shows the new values before it saves', async () => {
      const made = await world().example.client.product.create({
        sku: 'RACE-1',
        name: 'Race loaf',
        unit: 'piece',
        price: '1',
        category: null,
        taxes: [],
        barcodes: [],
        stocked: false,
      });
      const page = await openAt(world(), '#/catalogue');
      await page.getByLabel('Name, SKU or barcode').fill('RACE-1');
      await page.getByRole('row', { name: /Race loaf/ }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Price').fill('2');
      await world().example.client.product.edit({ product: made.product, against: 1, changes: { name: 'Race bun' } });
      await dialog.getByRole('button', { name: 'Save' }).click();
      await dialog.getByText('Somebody changed this in the meantime.').waitFor();
      await dialog.getByRole('button', { name: 'Show the new values' }).click();
      await eventually(() => dialog.getByLabel('Name').inputValue()).toBe('Race bun');
      await dialog.getByLabel('Price').fill('3');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Race bun is saved').waitFor();
      expect((await world().example.client.product.show({ product: made.product })).price_minor).toBe(300);
    });

    it('takes categories and taxes', async () => {
      const page = await openAt(world(), '#/catalogue');
      const dialog = page.getByRole('dialog');
      await page.getByRole('tab', { name: 'Taxes' }).click();
      await page.getByRole('button', { name: 'New tax' }).click();
      await dialog.getByLabel('Name').fill('Reduced rate');
      await dialog.getByLabel('Letter on the receipt').fill('B');
      await dialog.getByLabel('Rate in per cent').fill('5.5');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await eventually(() => page.getByRole('row', { name: /Reduced rate/ }).innerText()).toContain('5.5%');
      await page.getByRole('tab', { name: 'Categories' }).click();
      await page.getByRole('button', { name: 'New category' }).click();
      await dialog.getByLabel('Name').fill('Seasonal');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('row', { name: /Seasonal/ }).waitFor();
      expect(await faults(page)).toEqual([]);
    });
  });
  describe('staff', () => {
    it('are hired, renamed, given a PIN, and may leave', async () => {
      const page = await openAt(world(), '#/staff');
      const dialog = page.getByRole('dialog');
      await page.getByRole('button', { name: 'New member of staff' }).click();
      await dialog.getByLabel('Name', { exact: true }).fill('Noor Aziz');
      await dialog.getByLabel('Sign-in name').fill('noor');
      await dialog.getByText('Cashier').click();
      await dialog.getByText('Old Market').click();
      await dialog.getByLabel('PIN').fill('12');
      await dialog.getByRole('button', { name: 'Create' }).click();
      await dialog.getByText('A PIN has four to eight digits. Not saved.').waitFor();
      await dialog.getByLabel('PIN').fill('97531');
      expect(await faults(page)).toEqual([]);
      await dialog.getByRole('button', { name: 'Create' }).click();
      const row = page.getByRole('row', { name: /Noor/ });
      await eventually(() => row.innerText()).toMatch(/Noor Aziz.*noor.*Cashier.*Old Market.*PIN/s);
      await row.click();
      await dialog.getByLabel('New PIN').fill('2468');
      await dialog.getByRole('button', { name: 'Set PIN' }).click();
      await dialog.getByText('The new PIN holds from now on').waitFor();
      await dialog.getByLabel('Name', { exact: true }).fill('Noor Aziz-Holm');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Noor Aziz-Holm is saved').waitFor();
      await row.click();
      await dialog.getByRole('button', { name: 'No longer works here' }).click();
      await page.getByRole('alertdialog').getByRole('button', { name: 'No longer works here' }).click();
      await eventually(() => row.count()).toBe(0);
    });

    it('that somebody else changed show the new values before they are saved', async () => {
      const { client } = world().example;
      const { staff: before } = await client.staff.list({ store: null });
      const somebody = before.find(({ active }) => active);
      if (somebody === undefined) throw new Error('the example has staff');
      const page = await openAt(world(), '#/staff');
      await page.getByRole('row', { name: new RegExp(somebody.login) }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Sign-in name').fill('second-thought');
      const theirs = { name: 'Renamed Meanwhile' };
      await client.staff.edit({ staff: somebody.staff, against: somebody.version, changes: theirs });
      await dialog.getByRole('button', { name: 'Save' }).click();
      await dialog.getByText('Somebody changed this in the meantime.').waitFor();
      await dialog.getByRole('button', { name: 'Show the new values' }).click();
      await eventually(() => dialog.getByLabel('Name', { exact: true }).inputValue()).toBe(theirs.name);
      await dialog.getByLabel('Name', { exact: true }).fill(somebody.name);
      await dialog.getByRole('button', { name: 'Save' }).click();
      await page.getByText(`${somebody.name} is saved`).waitFor();
      const { staff: after } = await client.staff.list({ store: null });
      expect(after.find(({ staff }) => staff === somebody.staff)?.login).toBe(somebody.login);
    });

    it('are told to be saved when the list has them, so that a row is never opened as it was before', async () => {
      const page = await openAt(world(), '#/staff');
      const dialog = page.getByRole('dialog');
      await page.getByRole('row').nth(1).click();
      const name = dialog.getByLabel('Name', { exact: true });
      await name.fill(`${await name.inputValue()} the Second`);
      const asked = Promise.withResolvers<void>();
      const mayCome = Promise.withResolvers<void>();
      await page.route('**/api/staff.list', async (route) => {
        asked.resolve();
        await mayCome.promise;
        await route.continue();
      });
      await dialog.getByRole('button', { name: 'Save' }).click();
      await asked.promise;
      expect(await page.getByText(/the Second is saved/).count()).toBe(0);
      mayCome.resolve();
      await page.getByText(/the Second is saved/).waitFor();
      await page.getByRole('row', { name: /the Second/ }).click({ trial: true });
      await page.unrouteAll({ behavior: 'ignoreErrors' });
    });

    it('have roles whose permissions can be chosen', async () => {
      const page = await openAt(world(), '#/staff');
      await page.getByRole('tab', { name: 'Roles' }).click();
      await page.getByRole('button', { name: 'New role' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Name of the role').fill('Stock keeper');
      await dialog.getByText('Correct stock').click();
      await dialog.getByText('Look at stock').click();
      await dialog.getByRole('button', { name: 'Save' }).click();
      await eventually(() => page.getByRole('row', { name: /Stock keeper/ }).innerText()).toContain(
        `2 of ${String(permissions.length)} permissions`,
      );
    });
  });
  describe('the inbox', () => {
    it('gives a shop its value or keeps ours, says what stands in the way, and is then done with it', async () => {
      const page = await openAt(world(), '#/inbox');
      const price = page.getByRole('row', { name: /Olive oil/ });
      expect(await price.innerText()).toMatch(/£10\.95[\s\S]*£11\.90[\s\S]*Mira Osei/u);
      const barcode = page.getByRole('row', { name: /Linen tea towel/ });
      await barcode.getByRole('button', { name: 'Take the shop’s' }).click();
      await page.getByText('Another product has this barcode').waitFor();
      await barcode.getByRole('button', { name: 'Keep ours' }).click();
      await eventually(() => barcode.count()).toBe(0);
      await price.getByRole('button', { name: 'Take the shop’s' }).click();
      await eventually(() => price.count()).toBe(0);
      const name = page.getByRole('row', { name: /Birthday card/ });
      expect(await name.innerText()).toContain('Not permitted any more');
      expect(await faults(page)).toEqual([]);
      const { products } = await world().example.client.product.list({ text: 'PAN-01' });
      expect(products).toMatchObject([{ price_minor: 1095 }]);
    });

    it('leaves a till as it is, or lets another PC speak for it, once somebody says so, and is then done with it', async () => {
      const page = await openAt(world(), '#/inbox');
      const row = page.getByRole('row', { name: /Another PC asks/ });
      await row.getByRole('button', { name: 'Keep as it is' }).click();
      await page.getByRole('alertdialog').getByText('It is shown here again if it sells more').waitFor();
      await page.getByRole('alertdialog').getByRole('button', { name: 'Keep as it is' }).click();
      await eventually(() => row.count()).toBe(0);
      await world().example.admin.query(
        'update evertill.till_installations set reported_seq = reported_seq + 1, last_seen_at = now() where passed_over_seq is not null',
      );
      await page.reload();
      await row.getByText('It tells of 8 entries').waitFor();
      await row.getByRole('button', { name: 'Keep as it is' }).click();
      await page.getByRole('alertdialog').getByRole('button', { name: 'Keep as it is' }).click();
      await eventually(() => row.count()).toBe(0);

      // It can be let speak with its till all the same, and then the one before it asks.
      const till = page.getByRole('row', { name: /KI1/ });
      await go(page, '#/tills');
      await till.click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('Another PC, which was passed over').waitFor();
      expect(await faults(page)).toEqual([]);
      await dialog.getByRole('button', { name: 'Let it speak' }).click();
      await page.getByRole('alertdialog').getByRole('button', { name: 'Let it speak' }).click();
      await eventually(() => dialog.count()).toBe(0);
      const { rowCount } = await world().example.admin.query(
        'update evertill.till_installations set last_seen_at = now() where spoke_until is not null',
      );
      expect(rowCount).toBe(1);
      await go(page, '#/inbox');
      await page.reload();
      const former = page.getByRole('row', { name: /The PC that was replaced is on again/ });
      await former.getByRole('button', { name: 'Let it speak' }).click();
      await page.getByRole('alertdialog').getByRole('button', { name: 'Let it speak' }).click();
      await eventually(() => former.count()).toBe(0);
    });
  });
  describe('what a shop brought that joined', () => {
    it('stands beside ours until somebody lets it be, one by one or all of it', async () => {
      const { admin, client } = world().example;
      await admin.query(`
        insert into evertill.catalogue_clashes (store_id, kind, value, record, other, row)
        select 1, 'record', 'product', product, product, jsonb_build_object('name', 'Shop’s ' || name)
        from evertill.products order by product limit 3`);
      const page = await openAt(world(), '#/inbox');
      await page.getByRole('heading', { name: 'From a shop that joined' }).waitFor();
      expect(await faults(page)).toEqual([]);
      expect(await overflow_px(page)).toBeLessThanOrEqual(0);
      const leave = page.getByRole('button', { name: /^Leave it so: Shop’s/u });
      await eventually(() => leave.count()).toBe(3);
      await leave.first().click();
      await eventually(() => leave.count()).toBe(2);
      await page.getByRole('button', { name: 'Leave all 2 so' }).click();
      await page.getByRole('heading', { name: 'From a shop that joined' }).waitFor({ state: 'detached' });
      expect((await client.inbox.list({})).clash_count).toBe(0);
    });
  });
  describe('a till', () => {
    it('is enrolled by a code that is shown once', async () => {
      const page = await openAt(world(), '#/tills');
      await page.getByRole('button', { name: 'Enrol a till' }).click();
      await page.getByLabel('Till’s code').fill('hs1');
      await page.getByLabel('Name of the till').fill('Till 9');
      await page.getByRole('button', { name: 'Make the code' }).click();
      await page.getByText('Another till has this code. No code was made. Choose another.').waitFor();
      await page.getByLabel('Till’s code').fill('hs9');
      await page.getByRole('button', { name: 'Make the code' }).click();
      await page.getByText('This code is shown once').waitFor();
      const code = await page.getByLabel('Enrolment code').innerText();
      expect(code).toMatch(/^127\.0\.0\.1:\d+\/test_[0-9a-f]+\/[0-9A-Z-]{40,}$/);
      expect(await faults(page)).toEqual([]);
      await eventually(() => page.getByRole('row', { name: /HS9/ }).innerText()).toContain('Open');
      await page.reload();
      await settled(page);
      expect(await page.content()).not.toContain(code);
      await page.getByRole('row', { name: /HS9/ }).getByRole('button', { name: 'Withdraw' }).click();
      await eventually(() => page.getByRole('row', { name: /HS9/ }).count()).toBe(0);
    });

    it('of a shop that already sells comes with a code of its own kind, which asks for nothing but its time', async () => {
      const page = await openAt(world(), '#/tills/enrol');
      await page.getByRole('radio', { name: 'A shop that already sells' }).click();
      await page.getByText('It joins as a store of its own').waitFor();
      expect(await page.getByLabel('Till’s code').count()).toBe(0);
      expect(await faults(page)).toEqual([]);
      await page.getByRole('button', { name: 'Make the code' }).click();
      await page.getByText('It lets a shop that already sells join until').waitFor();
      expect(await page.getByLabel('Enrolment code').innerText()).toMatch(/^\S+\/\S+$/u);
      const row = page.getByRole('row', { name: /A shop with its sales/ });
      await eventually(() => row.innerText()).toContain('Open');
      expect(await faults(page)).toEqual([]);
      await row.getByRole('button', { name: 'Withdraw' }).click();
      await eventually(() => row.count()).toBe(0);
    });

    it('whose PC is gone gets a code for a new one', async () => {
      const page = await openAt(world(), '#/tills');
      await page.getByRole('row').nth(1).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: 'Code for a new PC' }).click();
      await dialog.getByText('This code is shown once').waitFor();
      expect(await dialog.getByLabel('Enrolment code').innerText()).toMatch(/^\S+\/\S+$/u);
      expect(await faults(page)).toEqual([]);
    });

    it('shows both heads whole, and can be renamed and taken out of use', async () => {
      const page = await openAt(world(), '#/tills');
      await page.getByRole('row', { name: /OM2/ }).click();
      const dialog = page.getByRole('dialog');
      const { tills } = await world().example.client.till.list({});
      const till = tills.find(({ till_code }) => till_code === 'OM2');
      expect(await dialog.getByText(till?.held.hash ?? 'none').count()).toBe(2);
      expect(await faults(page)).toEqual([]);
      await dialog
        .getByLabel('Name of the till')
        .fill('Fish counter with a name that is far longer than anybody would ever give to one');
      await dialog.getByRole('button', { name: 'Save' }).click();
      const row = page.getByRole('row', { name: /Fish counter/ });
      await row.waitFor();
      expect(await overflow_px(page)).toBe(0);
      await row.click();
      await dialog.getByRole('button', { name: 'Take out of use' }).click();
      await page.getByRole('alertdialog').getByRole('button', { name: 'Take out of use' }).click();
      await eventually(() => row.innerText()).toContain('Out of use');
      await row.click();
      await dialog.getByRole('button', { name: 'Take into use again' }).click();
      await eventually(() => row.innerText()).not.toContain('Out of use');
    });
  });
  describe('settings', () => {
    it('of a store are changed, and a new person is let in with a role', async () => {
      const page = await openAt(world(), '#/settings');
      const dialog = page.getByRole('dialog');
      await page.getByRole('row', { name: /Station Kiosk/ }).click();
      await dialog.getByLabel('Under the receipt').fill('See you soon');
      expect(await faults(page)).toEqual([]);
      await dialog.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Station Kiosk is saved').waitFor();
      await page.getByRole('tab', { name: 'Head office' }).click();
      await page.getByRole('button', { name: 'New person' }).click();
      await dialog.getByLabel('Name', { exact: true }).fill('Vera Lund');
      await dialog.getByLabel('Sign-in name').fill('vera');
      await dialog.getByLabel('Password').fill('a password of Vera');
      await dialog.getByText('Viewer').click();
      await dialog.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('row', { name: /Vera Lund/ }).waitFor();
      const other = await open(world());
      await signIn(other.page, { login: 'vera', password: 'a password of Vera' });
      await go(other.page, '#/catalogue');
      await other.page.getByRole('row', { name: /Cinnamon bun/ }).waitFor();
      // A viewer sees no button that would be refused.
      expect(await other.page.getByRole('button', { name: 'New product' }).count()).toBe(0);
    });
  });
}
