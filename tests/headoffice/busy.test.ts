import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TaxId } from '../../shared/ids.ts';
import { newCommand, openOffice, type TestOffice } from './office.ts';

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

it.each(['lock_not_available', 'deadlock_detected', 'serialization_failure'])(
  'says that it is busy, saves nothing, and takes the same command again (%s)',
  async (condition) => {
    const { admin } = office.shop;
    // As if a till's push held what the operation waits for: PostgreSQL says so.
    await admin.query(
      `create function be_busy() returns trigger language plpgsql as
       $$ begin raise exception 'canceling statement due to lock timeout' using errcode = '${condition}'; end $$;
       create trigger be_busy before insert on taxes for each row execute function be_busy()`,
    );
    const session = await office.signIn('elena', 'a password of the tests');
    const input = {
      tax: office.shop.ids.next<TaxId>(),
      code: condition.slice(0, 1).toUpperCase(),
      name: 'VAT',
      rate_millionths: 200_000,
      active: true,
    };
    const call = { operation: 'catalogue.record_tax', input, session, command: newCommand() };
    const answer = await office.office.invoke(call, { address: 'local' });
    await admin.query('drop trigger be_busy on taxes; drop function be_busy()');
    expect(answer).toEqual({ ok: false, error: { code: 'storage.busy', data: {} } });
    expect(office.lines).toContainEqual({ event: 'operation.busy', facts: { operation: 'catalogue.record_tax' } });
    expect(await office.shop.value('select count(*)::int from taxes where tax = $1', [input.tax])).toBe(0);
    expect(await office.office.invoke(call, { address: 'local' })).toMatchObject({ ok: true });
  },
);
