import { errors, type ErrorCode, type ErrorEnvelope } from '@confab/protocol/errors';

/** What a call rejects with: the server's refusal, or one made here because the server could not be asked. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly code: ErrorCode;
  readonly data: Readonly<Record<string, unknown>>;
  readonly incidentId: string | undefined;

  constructor(error: ErrorEnvelope) {
    super(error.message);
    this.code = error.code;
    this.data = error.data;
    this.incidentId = error.incidentId;
  }

  /** The same request can succeed later without any change. */
  get retryable(): boolean {
    return isRetryable(this.code);
  }

  get envelope(): ErrorEnvelope {
    const { code, message, data, incidentId } = this;
    return { code, message, data, ...(incidentId === undefined ? {} : { incidentId }) };
  }
}

/** A code that this build does not know is taken for final. */
export function isRetryable(code: ErrorCode): boolean {
  return Object.hasOwn(errors, code) && errors[code].retryable;
}

/**
 * Made on this side. `outcome` is `unknown` when the request was sent and no answer came: it may have happened, so
 * only what carries a client id may be sent again without looking.
 */
export function unavailable(outcome: 'unknown' | 'not_sent'): Refused {
  return new Refused({ code: 'unavailable', message: errors.unavailable.text, data: { outcome } });
}

export function refusedHere(code: ErrorCode, data: Readonly<Record<string, unknown>>): Refused {
  return new Refused({ code, message: errors[code].text, data });
}
