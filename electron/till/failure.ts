import type { ErrorCode, ErrorData, Failure } from '../../shared/contract/errors.ts';

/** An expected failure on its way out of a handler. */
export class Failed extends Error {
  override readonly name: string = 'Failed';
  readonly failure: Failure;
  /** Whether what the handler wrote so far is committed: a counted attempt must outlive the refusal. */
  readonly keep: boolean;
  constructor(failure: Failure, keep: boolean) {
    super(failure.code);
    this.failure = failure;
    this.keep = keep;
  }
}

/** Ends the operation with a failure; nothing that it wrote stays. */
export function fail(code: ErrorCode, data: ErrorData = {}): never {
  throw new Failed({ code, data }, false);
}

/** Ends the operation with a failure; what it wrote so far is committed. */
export function failAndKeep(code: ErrorCode, data: ErrorData = {}): never {
  throw new Failed({ code, data }, true);
}
