import type { Projectors } from '../journal/projector.ts';
import { productKey } from '../product/key.ts';
import { showProduct } from './overlay.ts';
import { insertProposal } from './repository.ts';

/**
 * The rows say what was proposed and nothing else, so that they come out the same from every replay of the journal. What
 * the catalogue shows of it follows from them and from what the head office has said so far.
 */
export const proposalProjectors: Projectors<'product.proposed' | 'product.edit_proposed'> = {
  'product.proposed': (db, { seq }, { product, ...changes }) => {
    const key = productKey(db, product);
    insertProposal(db, key, { seq, made: true, changes });
    showProduct(db, key);
  },
  'product.edit_proposed': (db, { seq }, { product, changes }) => {
    const key = productKey(db, product);
    insertProposal(db, key, { seq, made: false, changes });
    showProduct(db, key);
  },
};
