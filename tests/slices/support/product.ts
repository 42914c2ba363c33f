/** What a manager does with a product's form: opens it, changes it, saves it. */
import type { ProductId } from '../../../shared/ids.ts';
import type { Seat } from './till.ts';

type Client = Pick<Seat['client'], 'product'>;
export type ProductChanges = Parameters<Client['product']['edit']>[0]['changes'];

/** Changes a product from what is shown of it now. */
export async function editProduct(client: Client, product: ProductId, changes: ProductChanges) {
  const { revision } = await client.product.show({ product });
  return await client.product.edit({ product, against: revision, changes });
}
