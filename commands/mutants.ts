/**
 * `npm run mutants [-- --only <part of a name>] [--json]`: plants each fault of commands/mutants/list.ts alone into a copy of
 * the project and runs the tests that must catch it. Exit code 1 when one survives.
 */
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { mutants, type Mutant } from './mutants/list.ts';

const project = join(import.meta.dirname, '..');
const args = process.argv.slice(2);
const only = args.includes('--only') ? (args[args.indexOf('--only') + 1] ?? '') : '';
const chosen = mutants.filter(({ name }) => name.includes(only));
/** What a copy does not need: it is large, or made again. */
const left = new Set(['node_modules', '.git', 'dist', 'coverage', 'docs']);

const copy = mkdtempSync(join(tmpdir(), 'evertill-mutants-'));
const survived: string[] = [];
try {
  cpSync(project, copy, { recursive: true, filter: (path) => !left.has(basename(path)) || path === project });
  symlinkSync(join(project, 'node_modules'), join(copy, 'node_modules'));
  // A test that is red anyway would catch everything.
  const baseline = [...new Set(chosen.flatMap(({ caught_by }) => caught_by))];
  const red = await complaint(baseline);
  if (red !== undefined) throw new Error(`the tests are red before anything is planted:\n${red}`);
  console.log('green    before anything is planted');
  for (const [i, mutant] of chosen.entries()) {
    const began = performance.now();
    const isCaught = await plant(mutant);
    if (!isCaught) survived.push(mutant.name);
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    console.log(
      `${isCaught ? 'caught  ' : 'SURVIVED'} ${String(i + 1).padStart(2)} ${seconds.padStart(6)} s  ${mutant.name}`,
    );
  }
} finally {
  rmSync(copy, { recursive: true, force: true });
}
console.log(`${chosen.length - survived.length} of ${chosen.length} caught`);
if (args.includes('--json')) console.log(JSON.stringify({ mutants: chosen.length, survived }));
process.exitCode = survived.length === 0 ? 0 : 1;

/** Whether a planted fault turns its tests red. The copy is as it was afterwards. */
async function plant({ caught_by, file, from, to }: Mutant): Promise<boolean> {
  const path = join(copy, file);
  const whole = readFileSync(path, 'utf8');
  const mutated = whole.replace(from, () => to);
  if (mutated === whole) throw new Error(`nothing to replace in ${file}`);
  writeFileSync(path, mutated);
  try {
    return await isRed(caught_by);
  } finally {
    writeFileSync(path, whole);
  }
}

async function isRed(tests: readonly string[]): Promise<boolean> {
  return (await complaint(tests)) !== undefined;
}

/** What the tests print where one of them is red. */
function complaint(tests: readonly string[]): Promise<string | undefined> {
  const vitest = join(copy, 'node_modules', 'vitest', 'vitest.mjs');
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [vitest, 'run', '--bail', '1', '--reporter', 'dot', ...tests],
      { cwd: copy, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => resolve(error === null ? undefined : `${stdout}\n${stderr}`),
    );
  });
}
