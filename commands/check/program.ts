import { spawn } from 'node:child_process';
import { join } from 'node:path';

export interface Ran {
  readonly isOk: boolean;
  /** Standard output and error as they came; empty when they were shown as they came. */
  readonly output: string;
}

export interface RunOptions {
  readonly root: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Shows the output as it comes instead of keeping it. */
  readonly isShown?: boolean;
}

/**
 * Runs a JavaScript program under this very Node, whatever Node the system has. `program` is a path relative to the
 * root of the tree. Never throws: a program that cannot be started has failed.
 */
export async function runProgram(program: string, parameters: readonly string[], options: RunOptions): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(options.root, program), ...parameters], {
      cwd: options.root,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', options.isShown === true ? 'inherit' : 'pipe', options.isShown === true ? 'inherit' : 'pipe'],
    });
    const stopWithUs = () => child.kill();
    process.once('exit', stopWithUs);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8');
      stream?.on('data', (text: string) => (output += text));
    }
    child.once('error', (error) => resolve({ isOk: false, output: `${output}${error.message}\n` }));
    child.once('close', (code) => {
      process.off('exit', stopWithUs);
      resolve({ isOk: code === 0, output });
    });
  });
}
