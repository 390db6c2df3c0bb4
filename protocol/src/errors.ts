/**
 * The closed table of refusals. `text` is safe to show to people as it is; `data` says what accompanies the code.
 * `retryable` means: the same request can succeed later without any change.
 */
export const errors = {
  invalid: {
    status: 400,
    retryable: false,
    text: 'That is not valid.',
    meaning: 'The input does not fit its schema. data.path names the field, data.expected what was expected.',
  },
  unauthenticated: {
    status: 401,
    retryable: false,
    text: 'Please sign in.',
    meaning: 'No session or token, or one that has ended or expired.',
  },
  wrong_credentials: {
    status: 401,
    retryable: false,
    text: 'The email address or the password is wrong.',
    meaning: 'Sign-in failed; says nothing about which half was wrong.',
  },
  forbidden: {
    status: 403,
    retryable: false,
    text: 'You may not do that.',
    meaning: 'You can see the thing but may not do this to it. data.needs names the role or scope that may.',
  },
  not_found: {
    status: 404,
    retryable: false,
    text: 'That does not exist, or you cannot see it.',
    meaning: 'It does not exist or you may not see it; the two cannot be told apart.',
  },
  unknown_call: {
    status: 404,
    retryable: false,
    text: 'There is no such call.',
    meaning: 'The name or path is none of the calls in this reference.',
  },
  taken: {
    status: 409,
    retryable: false,
    text: 'That is already taken.',
    meaning: 'A name, handle or address is in use. data.field says which.',
  },
  conflict: {
    status: 409,
    retryable: false,
    text: 'Someone changed this in the meantime.',
    meaning: 'The version named is not the present one. data.version is.',
  },
  already_set_up: {
    status: 409,
    retryable: false,
    text: 'This workspace is already set up.',
    meaning: 'The first owner exists.',
  },
  archived: {
    status: 409,
    retryable: false,
    text: 'This room is archived.',
    meaning: 'Nothing new can be written in an archived room.',
  },
  gone: {
    status: 410,
    retryable: false,
    text: 'That link has expired or was used up.',
    meaning: 'An invitation or reset link is expired, revoked or used up.',
  },
  too_large: {
    status: 413,
    retryable: false,
    text: 'That is too large.',
    meaning: 'A body, frame or picture is over its limit. data.limit is the limit.',
  },
  limit_reached: {
    status: 422,
    retryable: false,
    text: 'The limit is reached.',
    meaning: 'There are already as many as may be. data.limit is the limit.',
  },
  withheld: {
    status: 403,
    retryable: false,
    text: 'The virus scanner has not let this file through.',
    meaning:
      'Nothing of the file is served. data.check says why: waiting for the scanner, infected, or too_large for it.',
  },
  unusable_picture: {
    status: 422,
    retryable: false,
    text: 'That picture cannot be read. PNG, JPEG, WebP and GIF work.',
    meaning: 'The bytes are no picture that can be shown.',
  },
  last_owner: {
    status: 422,
    retryable: false,
    text: 'A workspace needs at least one owner.',
    meaning: 'The last owner cannot step down, leave or be deactivated.',
  },
  turned_off: {
    status: 403,
    retryable: false,
    text: 'This is turned off here. An administrator can turn it on.',
    meaning: 'The setting for it is off. data.setting names it.',
  },
  too_many: {
    status: 429,
    retryable: true,
    text: 'That was too fast. Please wait a moment.',
    meaning: 'A rate limit. data.retryAfterMs says when to come back.',
  },
  expired_position: {
    status: 410,
    retryable: false,
    text: 'That is too long ago to continue from.',
    meaning: 'Events before data.floor are gone; take a snapshot.',
  },
  cross_site: {
    status: 403,
    retryable: false,
    text: 'This request came from another site.',
    meaning: 'A cookie request or socket whose Origin is not this server.',
  },
  level_unsupported: {
    status: 400,
    retryable: false,
    text: 'This client is too old or too new. Please reload.',
    meaning: 'The protocol level is not spoken here. data.levels lists those that are.',
  },
  busy: {
    status: 503,
    retryable: true,
    text: 'The server is very busy. Your message will be sent again.',
    meaning: 'A queue is full; nothing was kept.',
  },
  unavailable: {
    status: 503,
    retryable: true,
    text: 'The server cannot do that right now.',
    meaning: 'A part of the system failed. What carries a client id can be retried safely.',
  },
  draining: {
    status: 503,
    retryable: true,
    text: 'The server is restarting. One moment.',
    meaning: 'This node takes no new work; come back at once, through the balancer.',
  },
  internal: {
    status: 500,
    retryable: false,
    text: 'Something went wrong on our side.',
    meaning: 'A bug. incidentId finds it in the log.',
  },
} as const satisfies Record<string, { status: number; retryable: boolean; text: string; meaning: string }>;

export type ErrorCode = keyof typeof errors;

/** What every door answers when it does not answer with a result. */
export interface ErrorEnvelope {
  code: ErrorCode;
  message: string;
  data: Readonly<Record<string, unknown>>;
  incidentId?: string;
}
