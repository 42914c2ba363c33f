/** Figures as Prometheus reads them: its text format, version 0.0.4. */

export const expositionType = 'text/plain; version=0.0.4; charset=utf-8';

export interface Sample {
  /** Of a histogram: `_bucket`, `_sum`, `_count`. */
  readonly suffix?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
}

/** All samples of one name. A counter's name ends with `_total`. */
export interface Family {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly samples: readonly Sample[];
}

/** A family with a single sample. */
export function figure(type: 'counter' | 'gauge', name: string, help: string, value: number): Family {
  return { name, help, type, samples: [{ value }] };
}

/** A family with one sample for each value of a label. */
export function figuresBy(
  type: 'counter' | 'gauge',
  name: string,
  help: string,
  label: string,
  values: Readonly<Record<string, number>>,
): Family {
  const samples = Object.entries(values).map(([at, value]) => ({ labels: { [label]: at }, value }));
  return { name, help, type, samples };
}

export function expose(families: readonly Family[]): string {
  return families.map(exposeFamily).join('');
}

function exposeFamily({ help, name, samples, type }: Family): string {
  const lines = samples.map(
    ({ labels = {}, suffix = '', value }) => `${name}${suffix}${labelsOf(labels)} ${text(value)}`,
  );
  const all = [`# HELP ${name} ${escape(help)}`, `# TYPE ${name} ${type}`, ...lines];
  return all.map((line) => `${line}\n`).join('');
}

function labelsOf(labels: Readonly<Record<string, string>>): string {
  const given = Object.entries(labels).map(([name, value]) => `${name}="${escape(value).replaceAll('"', '\\"')}"`);
  return given.length === 0 ? '' : `{${given.join(',')}}`;
}

function escape(words: string): string {
  return words.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
}

function text(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  return String(value);
}
