/**
 * The words and the stack of an error, as far as they may be written down. A message can quote what somebody typed, a path
 * names the user of the PC, and an error of a database holds the row that it is about: none of that is kept.
 */

const most = { frames: 24, causes: 4, issues: 10, message: 1000, signs: 6000 } as const;

/** Of any thrown value: name, code, message without what it quotes, where it came from, and what caused it. */
export function faultText(error: unknown): string {
  return describe(error, most.causes).slice(0, most.signs);
}

function describe(error: unknown, causes: number): string {
  if (typeof error === 'string') return withoutQuoted(error);
  if (!(error instanceof Error)) return `something of type ${typeof error} was thrown`;
  const code = 'code' in error && typeof error.code === 'string' ? ` [${error.code.slice(0, 40)}]` : '';
  const own = `${error.name}${code}: ${issuesOf(error) ?? withoutQuoted(error.message).slice(0, most.message)}`;
  const caused = causes > 0 ? causesOf(error) : [];
  return [own, ...framesOf(error), ...caused.map((cause) => `caused by ${describe(cause, causes - 1)}`)].join('\n');
}

function causesOf(error: Error): readonly unknown[] {
  if (error instanceof AggregateError) return error.errors.slice(0, 3);
  return error.cause === undefined ? [] : [error.cause];
}

/** What a schema found wrong: where and in which way, without the values. Undefined for an error of another kind. */
function issuesOf(error: Error): string | undefined {
  if (!('issues' in error) || !Array.isArray(error.issues)) return undefined;
  return error.issues
    .slice(0, most.issues)
    .map((issue: unknown) => {
      const { code, path } = Object(issue) as { readonly code?: unknown; readonly path?: unknown };
      return `${Array.isArray(path) ? path.map(String).join('.') : ''} ${String(code)}`.trim();
    })
    .join('; ');
}

/** A text without what stands in double quotes or looks like an address of mail. Names in single quotes are code's own. */
function withoutQuoted(text: string): string {
  return text.replaceAll(/"[^"]*"?|`[^`]*`?|“[^”]*”?/gu, '"…"').replaceAll(/\S+@\S+\.\S+/gu, '…');
}

const frame = /^\s*at (?:async (?=\S+$))?(?:(?<name>[^(]*) \()?(?<path>.*?)(?<place>:\d+:\d+)\)?$/u;
const roots =
  /(?:^|[\\/])((?:electron|shared|sync|headoffice|migrations|commands|renderer|tests|dist|assets|node_modules)[\\/].*)$/u;

/** The frames of a stack; of each path only what lies within the program. */
function framesOf({ stack = '' }: Error): readonly string[] {
  return stack
    .split('\n')
    .flatMap((line) => {
      const { name, path = '', place = '' } = frame.exec(line)?.groups ?? {};
      if (place === '') return [];
      const short = path.startsWith('node:') ? path : (roots.exec(path)?.[1] ?? path.split(/[\\/]/u).at(-1) ?? '');
      return [name === undefined ? `  at ${short}${place}` : `  at ${name} (${short}${place})`];
    })
    .slice(0, most.frames);
}
