import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
const RULES = join(PROJECT, '.dependency-cruiser.cjs');
const CRUISER = join(PROJECT, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruiser.mjs');

/** What dependency-cruiser never looks into; the same folders that its settings exclude. */
const EXCLUDED = new Set(['node_modules', '.git', 'dist', 'coverage', '.evertill', '.cache']);

/** Far below what the project has: a walk that finds next to nothing is broken, and so is the check that trusts it. */
const FLOOR = 100;

/** The part of dependency-cruiser's JSON that is read here. */
interface Cruise {
  readonly modules: readonly { readonly source: string }[];
  readonly summary: {
    readonly totalCruised: number;
    readonly violations: readonly {
      readonly from: string;
      readonly to: string;
      readonly rule: { readonly name: string };
      readonly cycle?: readonly { readonly name: string }[];
    }[];
  };
}

export interface LayersResult {
  /** How many files of ours were looked at. */
  readonly looked_at: number;
  /** What breaks a rule, one text each; empty when all is well. */
  readonly violations: readonly string[];
}

/**
 * Checks the tree under `root` against the rules of `.dependency-cruiser.cjs`. Source files that dependency-cruiser
 * did not look at are violations too, and so is a tree of fewer files than `floor`: under a TypeScript that it does
 * not know, it sees nothing and is content.
 */
export function checkLayers(root: string, floor: number = FLOOR): LayersResult {
  const found = listSources(root);
  const folders = [...new Set(found.map((file) => file.split('/')[0] ?? file))];
  const ran = spawnSync(process.execPath, [CRUISER, '--config', RULES, '--output-type', 'json', ...folders], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1_000_000_000,
  });
  if (!ran.stdout.startsWith('{')) throw new Error(`dependency-cruiser failed: ${ran.stderr}${ran.stdout}`);
  const { modules, summary }: Cruise = JSON.parse(ran.stdout);
  const seen = new Set(modules.map(({ source }) => source));
  const missed = found.filter((file) => !seen.has(file));
  const looked_at = found.length - missed.length;
  const violations = summary.violations.map(({ from, to, rule, cycle }) => {
    const way = cycle === undefined ? [to] : cycle.map(({ name }) => name);
    return `${rule.name}: ${[from, ...way.filter((file) => file !== from)].join(' -> ')}`;
  });
  violations.push(...missed.map((file) => `every file is looked at: ${file}`));
  if (looked_at < floor) violations.push(`only ${looked_at} files were looked at, fewer than the floor of ${floor}`);
  return { looked_at, violations };
}

/** The TypeScript and CommonJS files under `root`, as paths relative to it with slashes. */
function listSources(root: string): readonly string[] {
  const walk = (folder: string): string[] =>
    readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return EXCLUDED.has(entry.name) ? [] : walk(path);
      return /[.](ts|tsx|cts|mts|cjs|mjs|js|jsx)$/.test(entry.name) && !entry.name.endsWith('.d.ts') ? [path] : [];
    });
  return walk(root).map((path) => relative(root, path).replaceAll('\\', '/'));
}

if (import.meta.main) {
  const { looked_at, violations } = checkLayers(PROJECT);
  for (const violation of violations) console.log(violation);
  console.log(`${violations.length} violations, ${looked_at} files looked at`);
  process.exitCode = violations.length === 0 ? 0 : 1;
}
