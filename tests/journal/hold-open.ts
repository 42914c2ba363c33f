/** Opens a till's file and holds it until the process is killed. */
import { openTillFile } from '../../electron/till/db/open.ts';
import { tillMigrations } from '../../migrations/till/list.ts';

openTillFile(process.argv[2] ?? '', { create: true, migrations: tillMigrations });
console.log('open');
setInterval(() => {}, 60_000);
