/**
 * `npm run bench -- <name> [--json] [options]`: one bench, against its baseline in the same run. A figure alone says more
 * about the machine than about us, so the figures that count are ratios. With `--json` the last line is one JSON object.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** What each `bench/<name>.ts` exports. */
export type Bench = (options: {
  readonly args: readonly string[];
}) => Promise<Readonly<Record<string, number | boolean | string>>>;

const [name, ...args] = process.argv.slice(2);
const names = readdirSync(import.meta.dirname)
  .filter((file) => existsSync(join(import.meta.dirname, file)) && file.endsWith('.ts') && !file.endsWith('.d.ts'))
  .map((file) => file.slice(0, -3))
  .filter((file) => file !== 'run' && !file.endsWith('-support'));
if (name === undefined || !names.includes(name)) {
  console.error(`Usage: npm run bench -- <${names.join('|')}> [--json] [options]`);
  process.exit(2);
}
const { run }: { run: Bench } = await import(`./${name}.ts`);
const figures = await run({ args: args.filter((arg) => arg !== '--json') });
for (const [figure, value] of Object.entries(figures)) console.log(`${figure.padEnd(20)} ${String(value)}`);
if (args.includes('--json')) console.log(JSON.stringify(figures));
