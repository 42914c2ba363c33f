/**
 * For the log of a till or a head office in a test: throws where an operation failed with a code that it does not
 * declare, so that the call rejects and the test with it. In a shop that is a line in the log.
 */
export function refuseUndeclared(event: string, facts: Readonly<Record<string, unknown>> = {}): void {
  if (event === 'failure.undeclared')
    throw new Error(`${String(facts['operation'])} failed with ${String(facts['outcome'])}, which it does not declare`);
}
