export type OutboundReason =
  /** No URL, or not of http or https. */
  | 'scheme'
  /** A name or password stands in the URL. */
  | 'credentials'
  /** Not one of the web's ports. */
  | 'port'
  /** Inside: this machine, its network, or what no network has. */
  | 'inside'
  | 'redirects'
  | 'too-large'
  /** Packed in a way nobody announced, or broken. */
  | 'unreadable'
  | 'too-slow'
  | 'unreached';

/** There is no answer, and why. Only the last two may be otherwise another time. */
export class OutboundFailure extends Error {
  override readonly name = 'OutboundFailure';
  readonly reason: OutboundReason;
  readonly retryable: boolean;

  constructor(reason: OutboundReason, message: string, options?: { cause: unknown }) {
    super(message, options);
    this.reason = reason;
    this.retryable = reason === 'too-slow' || reason === 'unreached';
  }
}
