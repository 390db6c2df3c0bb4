/**
 * A fault: the world failed (database, bus, disk). Made only by adapters. The door answers `unavailable`.
 * A refusal (the rules say no) is `kit/refusal.ts`; anything else that is thrown is a bug.
 */
export class Fault extends Error {
  override readonly name = 'Fault';
  readonly part: 'postgres' | 'bus' | 'files' | 'images' | 'passwords' | 'scanner';
  /** Doing the same again later can help. */
  readonly retryable: boolean;
  /** The work may have happened although no answer came: only retry what carries a client-made id. */
  readonly outcomeUnknown: boolean;

  constructor(
    message: string,
    options: { part: Fault['part']; retryable: boolean; outcomeUnknown?: boolean; cause?: unknown },
  ) {
    super(message, { cause: options.cause });
    this.part = options.part;
    this.retryable = options.retryable;
    this.outcomeUnknown = options.outcomeUnknown ?? false;
  }
}
