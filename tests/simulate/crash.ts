/** The end of a till's process, wherever it is. */

/** The till's process ends here. Thrown through the product's code, which can do nothing any more. */
export class Crash extends Error {
  override readonly name = 'Crash';
}

/** Runs what a till does by itself; its process may end in it. */
export function unlessCrashed(run: () => void): void {
  try {
    run();
  } catch (error) {
    if (!(error instanceof Crash)) throw error;
  }
}
