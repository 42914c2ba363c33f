/** Whether a command that comes again is the same: by what it was called with. */

/** Fields that nobody but the person concerned knows. */
const secretNames: ReadonlySet<string> = new Set(['password', 'pin', 'current', 'secret']);

/**
 * An input as text, for the hash that a command is known again by, without its secrets: all PINs could be tried against a
 * hash in no time. That a repeat with another secret counts as the same command harms nobody: it changes nothing.
 */
export function comparedText(input: unknown): string {
  return JSON.stringify(input, (key, value: unknown) => (secretNames.has(key) ? value !== null : value));
}
