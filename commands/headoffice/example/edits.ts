/** What managers of the example changed at their tills, so that somebody at the head office has to decide about it. */
import type { Client } from '../../../shared/contract/client.ts';
import type { HeadOfficeContract } from '../../../shared/contract/headoffice.ts';
import type { ProductId } from '../../../shared/ids.ts';
import type { Body } from '../../../shared/journal/kinds.ts';
import type { ExampleTill, Moment, Sellable } from './till.ts';

type Edit = Body<'product.edit_proposed'>;

/** A price that was changed at both ends, a barcode of another product, and a name by somebody who may not. */
export async function proposeAtTills(
  client: Client<HeadOfficeContract>,
  [manager, cashier]: readonly { readonly till: ExampleTill; readonly moment: Moment }[],
  goods: readonly Sellable[],
): Promise<void> {
  if (manager === undefined || cashier === undefined) throw new Error('two tills are wanted');
  const productOf = (wanted: string): ProductId => {
    const found = goods.find(({ sku }) => sku === wanted);
    if (found === undefined) throw new Error(`nothing is called ${wanted}`);
    return found.product;
  };
  const propose = ({ moment, till }: typeof manager, sku: string, changes: Edit['changes'], was: Edit['was']) =>
    till.append('product.edit_proposed', { product: productOf(sku), against: 1, changes, was }, moment);
  await client.product.edit({ product: productOf('PAN-01'), against: 1, changes: { price: '11.90' } });
  propose(manager, 'PAN-01', { price_minor: 1095 }, { price_minor: 1140 });
  propose(manager, 'HOM-02', { barcodes: ['2000000000107'] }, { barcodes: ['2000000000114'] });
  propose(cashier, 'GIF-02', { name: 'Card, lighthouse at dusk' }, { name: 'Birthday card, lighthouse' });
  for (const { till } of [manager, cashier]) await till.sync();
}
