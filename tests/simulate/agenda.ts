/** Virtual time: what happens next, and when. Nothing of the real clock gets in, and nothing happens by itself. */

interface Item {
  readonly due_ms: number;
  /** Of two that are due at once, the one that was put down first. */
  readonly order: number;
  readonly run: () => void;
  isCancelled: boolean;
}

export class Agenda {
  /** A binary heap: each item comes before its two children. */
  readonly #heap: Item[] = [];
  #order = 0;
  /** Milliseconds since the world began. */
  now_ms = 0;
  /** How much has happened. */
  events = 0;

  /** Puts something down; answers how to cross it out. */
  after(ms: number, run: () => void): () => void {
    const item: Item = { due_ms: this.now_ms + Math.max(0, ms), order: this.#order, run, isCancelled: false };
    this.#order += 1;
    this.#heap.push(item);
    this.#rise(this.#heap.length - 1);
    return () => {
      item.isCancelled = true;
    };
  }

  /** Lets the next thing happen, unless it is due later than `until_ms`. Answers whether something did. */
  async step(until_ms: number): Promise<boolean> {
    for (;;) {
      const next = this.#heap[0];
      if (next === undefined || next.due_ms > until_ms) return false;
      this.#takeFirst();
      if (next.isCancelled) continue;
      this.now_ms = next.due_ms;
      this.events += 1;
      next.run();
      await settled();
      return true;
    }
  }

  /** Lets everything happen up to a moment, which it then is. */
  async runUntil(until_ms: number): Promise<void> {
    while (await this.step(until_ms)) {
      // Each step waits for what it caused.
    }
    this.now_ms = Math.max(this.now_ms, until_ms);
  }

  #takeFirst(): void {
    const last = this.#heap.pop();
    if (last === undefined || this.#heap.length === 0) return;
    this.#heap[0] = last;
    this.#sink();
  }

  #rise(from: number): void {
    let i = from;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!this.#swapUnlessBefore(parent, i)) return;
      i = parent;
    }
  }

  #sink(): void {
    let i = 0;
    for (;;) {
      const left = 2 * i + 1;
      if (left >= this.#heap.length) return;
      const right = left + 1;
      const least = right < this.#heap.length && !this.#isBefore(left, right) ? right : left;
      if (!this.#swapUnlessBefore(i, least)) return;
      i = least;
    }
  }

  #isBefore(a: number, b: number): boolean {
    const one = this.#heap[a];
    const other = this.#heap[b];
    if (one === undefined || other === undefined) throw new Error('an agenda has no holes');
    return one.due_ms < other.due_ms || (one.due_ms === other.due_ms && one.order < other.order);
  }

  /** Answers whether it swapped. */
  #swapUnlessBefore(upper: number, lower: number): boolean {
    if (this.#isBefore(upper, lower)) return false;
    const one = this.#heap[upper];
    const other = this.#heap[lower];
    if (one === undefined || other === undefined) return false;
    this.#heap[upper] = other;
    this.#heap[lower] = one;
    return true;
  }
}

/**
 * Resolves when every promise that could go on has gone on. Node runs the tick queue whenever the microtasks are used up,
 * and lets no timer, socket or thread in between: so a world without bcrypt runs in one go, the same at every run.
 */
export async function settled(): Promise<void> {
  await new Promise<void>((resolve) => {
    process.nextTick(resolve);
  });
}
