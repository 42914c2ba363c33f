/**
 * A sum, as SQL: PostgreSQL's own sum of bigints is numeric, and one of what hostile tills said may be beyond what a number
 * holds exactly. Then it stays there, so that the page can be read for all others.
 */
export function exactly(sum: string): string {
  // Not least() and greatest(): of nothing they make a bound.
  const most = Number.MAX_SAFE_INTEGER;
  return `(case when ${sum} > ${most} then ${most} when ${sum} < -${most} then -${most} else ${sum} end)::bigint`;
}

/** The sum of two numbers that are exact, kept exact in the same way. */
export function addExactly(a: number, b: number): number {
  return Math.min(Math.max(a + b, Number.MIN_SAFE_INTEGER), Number.MAX_SAFE_INTEGER);
}

/** Conditions of a statement, put together without ever writing a value into its text. */
export class Conditions {
  readonly #parts: string[] = [];
  readonly #values: unknown[] = [];

  /** Adds a condition in which `?` stands for `value`. */
  add(condition: string, value: unknown): void {
    this.#parts.push(condition.replaceAll('?', this.value(value)));
  }

  /** Adds a condition without a value. */
  addPlain(condition: string): void {
    this.#parts.push(condition);
  }

  /** A placeholder for a value that stands elsewhere in the statement. */
  value(value: unknown): string {
    this.#values.push(value);
    return `$${this.#values.length}`;
  }

  get values(): readonly unknown[] {
    return this.#values;
  }

  /** ` where …`, or nothing. */
  get where(): string {
    return this.#parts.length === 0 ? '' : ` where ${this.#parts.join(' and ')}`;
  }
}
