import type { ErrorCode, ErrorData, Failure } from '../shared/contract/errors.ts';

/** An expected failure on its way out of a handler. */
export class Failed extends Error {
  override readonly name = 'Failed';
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.code);
    this.failure = failure;
  }
}

/** Ends the operation with a failure; nothing that it wrote stays. */
export function fail(code: ErrorCode, data: ErrorData = {}): never {
  throw new Failed({ code, data });
}
