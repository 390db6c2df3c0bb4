/** All events, by the kind of stream they stand in. */
import type { Static, TSchema } from 'typebox';
import { ownDraftEvents } from './drafts.ts';
import { fileEvents, ownFileEvents } from './files.ts';
import { messageEvents, ownMessageEvents } from './messages.ts';
import { previewEvents } from './previews.ts';
import { reactionEvents } from './reactions.ts';
import { ownReminderEvents } from './reminders.ts';
import { ownRoomEvents, roomEvents } from './rooms.ts';
import { ownScheduledEvents } from './scheduled.ts';
import { ownSectionEvents } from './sections.ts';
import { sessionEvents } from './sessions.ts';
import { ownThreadEvents } from './threads.ts';
import { ownUnreadEvents } from './unreads.ts';
import { ownUserEvents, userEvents } from './users.ts';
import { workspaceEvents } from './workspace.ts';

export const events = {
  workspace: { ...workspaceEvents, ...userEvents },
  user: {
    ...ownUserEvents,
    ...sessionEvents,
    ...ownRoomEvents,
    ...ownMessageEvents,
    ...ownThreadEvents,
    ...ownUnreadEvents,
    ...ownDraftEvents,
    ...ownScheduledEvents,
    ...ownReminderEvents,
    ...ownSectionEvents,
    ...ownFileEvents,
  },
  room: { ...roomEvents, ...messageEvents, ...fileEvents, ...previewEvents, ...reactionEvents },
};

export type StreamKind = keyof typeof events;

type Data<Table> = {
  [Name in keyof Table]: Table[Name] extends TSchema ? Static<Table[Name]> : never;
};

export type WorkspaceEvents = Data<typeof events.workspace>;
export type UserEvents = Data<typeof events.user>;
export type RoomEvents = Data<typeof events.room>;
export type EventsOf = { workspace: WorkspaceEvents; user: UserEvents; room: RoomEvents };

/** One event with its place: `kind` says which table `name` is from. */
export type EventIn<Kind extends StreamKind> = {
  [Name in keyof EventsOf[Kind]]: {
    stream: string;
    epoch: number;
    seq: number;
    at: number;
    name: Name;
    data: EventsOf[Kind][Name];
  };
}[keyof EventsOf[Kind]];
