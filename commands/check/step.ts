/** Something that was not run, and why. */
export interface Skipped {
  readonly name: string;
  readonly reason: string;
}

/** What a step of `npm test` found. A step without tests of its own is one check, passed or failed. */
export interface StepResult {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: readonly Skipped[];
  /** A few words for the step's line, such as how much it looked at. */
  readonly note: string;
  /** What there is to read when it failed; empty when it was printed already. */
  readonly output: string;
}

export interface Step {
  readonly name: string;
  /** What it proves, in a few words. */
  readonly proves: string;
  /** Runs after the quick ones and with the whole machine to itself. */
  readonly isSlow?: boolean;
  readonly run: (context: StepContext) => Promise<readonly StepResult[]>;
}

export interface StepContext {
  /** The root of the tree that is checked. */
  readonly root: string;
  /** Paths or parts of paths of test files; empty for all. */
  readonly files: readonly string[];
}
