/** How often each operation was answered with what, and how long it took. */
import type { Family, Sample } from './exposition.ts';

/** Upper bounds of the histogram, in seconds: from one row to a chain of years that is verified. */
const bounds_s = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] as const;

interface Durations {
  /** Answers no slower than each of the bounds. */
  readonly within: number[];
  count: number;
  sum_s: number;
}

export class AnswerCounts {
  readonly #outcomes = new Map<string, Map<string, number>>();
  readonly #durations = new Map<string, Durations>();

  /** `operation` and `outcome` come from the contract, so that there is an end to how many there are. */
  count(operation: string, outcome: string, took_ms: number): void {
    const outcomes = this.#outcomes.get(operation) ?? new Map<string, number>();
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    this.#outcomes.set(operation, outcomes);

    const durations = this.#durations.get(operation) ?? { within: bounds_s.map(() => 0), count: 0, sum_s: 0 };
    const took_s = took_ms / 1000;
    for (const [at, bound] of bounds_s.entries())
      if (took_s <= bound) durations.within[at] = (durations.within[at] ?? 0) + 1;
    durations.count += 1;
    durations.sum_s += took_s;
    this.#durations.set(operation, durations);
  }

  families(): Family[] {
    return [
      {
        name: 'evertill_operations_total',
        help: 'Operations of the console that were answered: ok, or the code of the failure.',
        type: 'counter',
        samples: [...this.#outcomes].flatMap(([operation, outcomes]) =>
          [...outcomes].map(([outcome, value]) => ({ labels: { operation, outcome }, value })),
        ),
      },
      {
        name: 'evertill_operation_duration_seconds',
        help: 'How long operations took, without the time that a question for news is held.',
        type: 'histogram',
        samples: [...this.#durations].flatMap(([operation, durations]) => histogram({ operation }, durations)),
      },
    ];
  }
}

function histogram(labels: Readonly<Record<string, string>>, { count, sum_s, within }: Durations): Sample[] {
  return [
    ...bounds_s.map((bound, at) => ({
      suffix: '_bucket',
      labels: { ...labels, le: String(bound) },
      value: within[at] ?? 0,
    })),
    { suffix: '_bucket', labels: { ...labels, le: '+Inf' }, value: count },
    { suffix: '_sum', labels, value: sum_s },
    { suffix: '_count', labels, value: count },
  ];
}
