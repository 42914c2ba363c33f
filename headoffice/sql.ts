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
