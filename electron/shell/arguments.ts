import { parseArgs } from 'node:util';

/** What the application is started with. Electron and Chromium have arguments of their own, which are not ours to judge. */
export function readArguments(argv: readonly string[]): { readonly data: string | undefined } {
  const { values } = parseArgs({ args: argv.slice(1), options: { data: { type: 'string' } }, strict: false });
  return { data: typeof values.data === 'string' ? values.data : undefined };
}
