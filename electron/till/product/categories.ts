/** Categories as rows. */
import { sql } from 'kysely';
import { type CategoryId, uuidFromBytes, uuidToBytes } from '../../../shared/ids.ts';
import type { tints } from '../../../shared/journal/kinds/catalogue-kinds.ts';
import { type ReadDb, reads, type WriteDb, writes } from '../db/statement.ts';

export interface CategoryRow {
  readonly category: CategoryId;
  readonly name: string;
  readonly tint: (typeof tints)[number];
  readonly position: number;
  readonly active: boolean;
}

const allCategories = reads()((q) =>
  q
    .selectFrom('categories')
    .select(['category', 'name', 'tint', 'position', 'active'])
    .orderBy('position')
    .orderBy(sql`name COLLATE NOCASE`)
    .orderBy('category')
    .limit(1000),
);
const categoryExists = reads<{ category: Uint8Array }>()((q, p) =>
  q.selectFrom('categories').select('active').where('category', '=', p.category),
);
const nameOf = reads<{ category: Uint8Array }>()((q, p) =>
  q.selectFrom('categories').select('name').where('category', '=', p.category),
);
const putCategoryRow = writes<{ category: Uint8Array; name: string; tint: string; position: number; active: 0 | 1 }>()(
  (q, p) =>
    q.replaceInto('categories').values({
      category: p.category,
      name: p.name,
      tint: p.tint,
      position: p.position,
      active: p.active,
    }),
);

/** Writes a category whole, as it is from now on. */
export function putCategory(db: WriteDb, row: CategoryRow): void {
  putCategoryRow.run(db, { ...row, category: uuidToBytes(row.category), active: row.active ? 1 : 0 });
}

/** The categories in their order. */
export function listCategories(db: ReadDb): CategoryRow[] {
  return allCategories.all(db, {}).map((row) => ({
    ...row,
    category: uuidFromBytes(row.category),
    // Written by putCategory from bodies and feed rows whose schemas name these tints.
    tint: row.tint as CategoryRow['tint'],
    active: row.active === 1,
  }));
}

/** What a category is called, active or not; undefined for one that this till does not know. */
export function categoryName(db: ReadDb, category: CategoryId): string | undefined {
  return nameOf.get(db, { category: uuidToBytes(category) })?.name;
}

/** Whether a category is known, active or not. */
export function hasCategory(db: ReadDb, category: CategoryId): boolean {
  return categoryExists.get(db, { category: uuidToBytes(category) }) !== undefined;
}
