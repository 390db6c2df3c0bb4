import Type, { type Static } from 'typebox';
import { command, query } from './define.ts';
import { limits } from './limits.ts';
import { Count, Id, Nothing, Time, nullable, strict } from './shapes.ts';

/**
 * A browser that takes notifications while its page is closed, or an app that does (docs/apps.md). It ends with the session
 * or the access token by which it was asked for.
 */
export const PushDevice = Type.Object({
  id: Id,
  /** As in the list of sessions, or as the app or its token is called. */
  device: Type.String(),
  createdAt: Time,
  /** Of the session or token that asks. */
  isCurrent: Type.Boolean(),
  hidesContent: Type.Boolean(),
  /** How the newest one ended that was not found needless. */
  last: nullable(
    Type.Object({
      at: Time,
      outcome: Type.Enum(['sent', 'failed']),
      reason: nullable(Type.String()),
    }),
  ),
});
export type PushDevice = Static<typeof PushDevice>;

export const pushCalls = {
  'push.key': query({
    summary: 'The key for `pushManager.subscribe`; null while push is turned off',
    http: 'GET /push-key',
    scope: 'read',
    input: Nothing,
    output: Type.Object({
      publicKey: nullable(Type.String()),
      /** The administrator lets what was written travel; otherwise only that there is something new. */
      withContent: Type.Boolean(),
    }),
  }),
  'push.subscribe': command({
    summary:
      'Notify this browser while its page is closed, or this app, until the session or token ends. Repeating it changes what is there. A token needs the scope read, too',
    http: 'POST /me/push-devices',
    scope: 'write',
    input: Type.Object(
      {
        endpoint: Type.String({ minLength: 1, maxLength: limits.pushEndpointCharsMax }),
        /** As the browser gives them: base64url, 65 and 16 bytes. */
        keys: Type.Object(
          {
            p256dh: Type.String({ pattern: '^[A-Za-z0-9_-]{87}=?$' }),
            auth: Type.String({ pattern: '^[A-Za-z0-9_-]{22}(==)?$' }),
          },
          strict,
        ),
        /** Only that there is something new. Left out: as what it replaces, otherwise no. */
        hidesContent: Type.Optional(Type.Boolean()),
        /** What an app calls itself, for the list of devices. */
        name: Type.Optional(Type.String({ minLength: 1, maxLength: limits.pushNameCharsMax })),
        /** An endpoint of yours that this one takes the place of: it is forgotten. */
        replaces: Type.Optional(Type.String({ maxLength: limits.pushEndpointCharsMax })),
      },
      strict,
    ),
    output: Type.Object({ deviceId: Id }),
    refusals: ['forbidden', 'invalid', 'taken', 'turned_off', 'limit_reached'],
  }),
  'push.unsubscribe': command({
    summary: 'Notify a browser of yours no more',
    http: 'DELETE /me/push-devices/:deviceId',
    scope: 'write',
    input: Type.Object({ deviceId: Id }, strict),
    output: Nothing,
    refusals: ['not_found'],
  }),
  'push.list': query({
    summary: 'Your browsers that are notified while their page is closed',
    http: 'GET /me/push-devices',
    scope: 'read',
    input: Nothing,
    output: Type.Object({ devices: Type.Array(PushDevice) }),
  }),
  'push.test': command({
    summary: 'Send one notification of each kind to your browsers, and by mail if you get any',
    http: 'POST /me/push-devices/test',
    scope: 'write',
    input: Nothing,
    output: Type.Object({
      /** To browsers. */
      count: Count,
      /** All in one letter. */
      byMail: Type.Boolean(),
    }),
    refusals: ['turned_off', 'too_many'],
  }),
};

export type PushKind = 'direct' | 'mention' | 'keyword' | 'thread' | 'everything' | 'invitation' | 'reminder';

/** What a push service carries, encrypted for one browser, as JSON. */
export interface PushPayload {
  readonly kind: PushKind;
  readonly isTest: boolean;
  /** Notifications of one tag take each other's place; the page uses the same. */
  readonly tag: string;
  /** The path of the page that a press opens. */
  readonly path: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** What the person chose; empty: as the browser. */
  readonly language: string;
  /** Null: only that there is something new. */
  readonly content: PushContent | null;
}

export interface PushContent {
  /** With its sign; of a conversation its people. */
  readonly room: string;
  readonly author: string;
  /** Of a message or a note; may be empty. */
  readonly text: string;
  /** A conversation of two, which has no name besides the author's. */
  readonly isPair: boolean;
  /** Only in its thread. */
  readonly isInThread: boolean;
}
