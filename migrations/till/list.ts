/** The till's migrations in their order. A migration that was released is never changed: the next one mends it. */
import { spine } from './0001-spine.ts';
import { proposals } from './0002-proposals.ts';
import { stockTakes } from './0003-stock-takes.ts';
import { unreadRows } from './0004-unread-rows.ts';
import { transfers } from './0005-transfers.ts';
import type { TillMigration } from './migration.ts';

export const tillMigrations: readonly TillMigration[] = [spine, proposals, stockTakes, unreadRows, transfers];
