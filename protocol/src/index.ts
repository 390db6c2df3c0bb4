/**
 * The words client and server share: calls, events, views, refusals, limits, frames. Schema values only, no I/O.
 * The browser imports types from here, and values only from limits, errors, frames' constants and markdown.
 */
export { calls, type CallName, type Input, type Output, type PublicCallName } from './calls.ts';
export type { Call, HttpMethod, InputOf, OutputOf, Scope } from './define.ts';
export { errors, type ErrorCode, type ErrorEnvelope } from './errors.ts';
export {
  events,
  type EventIn,
  type EventsOf,
  type RoomEvents,
  type StreamKind,
  type UserEvents,
  type WorkspaceEvents,
} from './events.ts';
export {
  ClientFrame,
  protocolLevels,
  socketPath,
  type Badge,
  type Follow,
  type GoodbyeReason,
  type ServerFrame,
  type Signal,
  type Watch,
} from './frames.ts';
export { limits } from './limits.ts';
export type { Draft } from './drafts.ts';
export type { FileChange, FileInfo } from './files.ts';
export type { Examined, ExaminedArea, Health, HealthSample } from './health.ts';
export type { Mentions, Message, MessagePage, Reaction, ThreadSummary } from './messages.ts';
export type { Presence } from './presence.ts';
export type { Preview } from './previews.ts';
export type { PushContent, PushDevice, PushKind, PushPayload } from './push.ts';
export type { Reminder } from './reminders.ts';
export type { Counters, Member, Membership, MyRoom, Room, RoomKind, RoomRole } from './rooms.ts';
export type { ScheduledMessage } from './scheduled.ts';
export type { SearchProblem, SearchResult, SearchSnippet } from './search.ts';
export type { Section } from './sections.ts';
export type { Invitation, Session, Token } from './sessions.ts';
export type { LoggedEvent, Snapshot } from './sync.ts';
export type { FollowedThread } from './threads.ts';
export type { Notice } from './unreads.ts';
export type { Account, Preferences, Role, Status, User } from './users.ts';
export type { CustomEmoji, Workspace } from './workspace.ts';
