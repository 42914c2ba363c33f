/** The files that are collected for whoever helps. */
import { maxCollected } from '../contract/support.ts';

export interface CollectedFile {
  readonly name: string;
  readonly text: string;
}

/** A file of facts, as JSON that people can read. */
export function factsFile(name: string, facts: unknown): CollectedFile {
  return { name: `${name}.json`, text: `${JSON.stringify(facts, null, 2)}\n` };
}

/** Facts first, and of the logs the latest lines, so that all of it stays below {@link maxCollected}. */
export function collection(facts: readonly CollectedFile[], logs: readonly CollectedFile[]): CollectedFile[] {
  let left = maxCollected - facts.reduce((sum, { text }) => sum + text.length, 0);
  const kept = logs.map(({ name, text }) => {
    const end = lastLines(text, Math.max(0, left));
    left -= end.length;
    return { name, text: end };
  });
  return [...facts, ...kept.filter(({ text }) => text !== '')];
}

/** The end of a text, from the beginning of a line. */
export function lastLines(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text.slice(text.length - most);
  return cut.slice(cut.indexOf('\n') + 1);
}

/** A moment as a part of a file's name: `20261122-0630`, in UTC. */
export function stampOf(now: number): string {
  const [date = '', time = ''] = new Date(now).toISOString().split('T');
  return `${date.replaceAll('-', '')}-${time.slice(0, 5).replace(':', '')}`;
}
