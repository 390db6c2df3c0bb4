/**
 * The socket at /api/v1/socket: one JSON text frame each, in both directions.
 *
 *   hello → welcome; then, in any order and at any time:
 *   call → reply | refused            matched by `ref`
 *   follow → event*, badges(full), then live events of the workspace's and the person's own stream, and badges
 *   watch → event*, watching, then live events of that room | unwatched
 *
 * Events of one stream arrive in the order of their numbers, without holes. `resync` replaces events that are too many
 * or too old: take a snapshot (workspace, user) or a page of history (room) and follow or watch again from there.
 */
import Type, { type Static } from 'typebox';
import type { ErrorEnvelope } from './errors.ts';
import { limits } from './limits.ts';
import type { Presence } from './presence.ts';
import type { Room } from './rooms.ts';
import { Count, Id, Time, strict } from './shapes.ts';

export { protocolLevels, socketPath } from './levels.ts';

/** Where the client's copy of its own streams stands. */
export const Follow = Type.Object(
  {
    epoch: Count,
    workspace: Count,
    user: Count,
    /** Server time of the snapshot or of the last frame: rooms that did not move since then need no badge. */
    since: Time,
  },
  strict,
);
export type Follow = Static<typeof Follow>;

export const Watch = Type.Object({ roomId: Id, epoch: Count, after: Count }, strict);
export type Watch = Static<typeof Watch>;

export const ClientFrame = Type.Union([
  Type.Object(
    {
      t: Type.Literal('hello'),
      level: Count,
      /** Name and version of the program, for the log. */
      client: Type.String({ maxLength: 100 }),
      /** A personal access token; browsers have their cookie. */
      token: Type.Optional(Type.String({ maxLength: 200 })),
      follow: Type.Optional(Follow),
      watch: Type.Optional(Type.Array(Watch, { maxItems: limits.watchedRoomsMax })),
    },
    strict,
  ),
  Type.Object(
    { t: Type.Literal('call'), ref: Count, name: Type.String({ maxLength: 64 }), input: Type.Unknown() },
    strict,
  ),
  Type.Object({ t: Type.Literal('follow'), follow: Follow }, strict),
  Type.Object({ t: Type.Literal('watch'), watch: Watch }, strict),
  Type.Object({ t: Type.Literal('unwatch'), roomId: Id }, strict),
  /** Whose presence to send; replaces the previous list. */
  Type.Object(
    { t: Type.Literal('presence'), userIds: Type.Array(Id, { maxItems: limits.presenceWatchMax }) },
    strict,
  ),
  Type.Object({ t: Type.Literal('ping') }, strict),
]);
export type ClientFrame = Static<typeof ClientFrame>;

/** How a room that is not watched stands. Latest wins; head and ordinal never go back. */
export interface Badge {
  roomId: string;
  head: number;
  ordinal: number;
  lastAt: number;
  /** Own messages from elsewhere move it. */
  readOrdinal?: number;
  /** full: the unread ones; otherwise ordinals to add (messages that mention everyone). */
  mentions?: number[];
  /** Not in full ones: ordinals of messages edited or deleted, at which nothing mentions the person any more. */
  mentionsGone?: number[];
  memberCount?: number;
  /** Present when the room itself changed. */
  room?: Room;
}

export type Signal =
  | { name: 'typing'; data: { roomId: string; threadId: string | null; userId: string } }
  | { name: 'presence'; data: { presences: Record<string, Presence> } };

export type GoodbyeReason = 'draining' | 'signed_out' | 'slow' | 'silent' | 'refused';

export type ServerFrame =
  | {
      t: 'welcome';
      level: number;
      epoch: number;
      userId: string;
      node: string;
      version: string;
      at: number;
      heartbeatMs: number;
    }
  | { t: 'reply'; ref: number; output: unknown }
  | { t: 'refused'; ref: number; error: ErrorEnvelope }
  | { t: 'event'; stream: string; epoch: number; seq: number; at: number; name: string; data: unknown }
  /** Full ones contain the person's own stream up to `user`. */
  | { t: 'badges'; full: boolean; at: number; user?: number; rooms: Badge[] }
  | ({ t: 'signal' } & Signal)
  | { t: 'watching'; roomId: string; head: number }
  | { t: 'unwatched'; roomId: string; code: 'not_found' | 'limit_reached' }
  | { t: 'resync'; stream: string; epoch: number; head: number }
  | { t: 'pong'; at: number }
  /** The connection ends. Come back after `comeBackInMs`; null: do not come back by itself. `error` says why for `refused`. */
  | { t: 'goodbye'; reason: GoodbyeReason; comeBackInMs: number | null; error?: ErrorEnvelope };
