import type { ErrorCode } from '@confab/protocol/errors';

/** A refusal: the rules say no. Thrown, since that rolls a transaction back; caught once, in gateway/dispatch.ts. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: ErrorCode;
  readonly data: Readonly<Record<string, unknown>>;

  /** @param data small, safe to show: which field, which limit. */
  constructor(code: ErrorCode, data: Readonly<Record<string, unknown>> = {}) {
    super(code);
    this.code = code;
    this.data = data;
  }
}
