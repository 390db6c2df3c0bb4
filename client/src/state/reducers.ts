import type { EventIn, Reminder, StreamKind } from '@confab/protocol';
import { applyToMessages } from './room-messages.ts';
import { setUser, stopTyping, wantUsers } from './people.ts';
import {
  addRoom,
  changeMembership,
  changeMentions,
  changeRoom,
  countEvent,
  countMembers,
  countSent,
  dropMention,
  moveRead,
  noticeInRoom,
  noticeOutOfRoom,
  raiseRead,
  removeRoom,
} from './rooms.ts';
import { placeOf, type Reducers, type State } from './state.ts';
import {
  countOwnReply,
  forgetThread,
  noticeInThread,
  noticeOutOfThread,
  readAllThreads,
  setThread,
} from './threads.ts';

const workspace: Reducers<'workspace'> = {
  'workspace.changed': (state, { data }) => {
    state.workspace = data.workspace;
    state.touch('workspace');
  },
  'emoji.added': (state, { data }) => {
    state.emoji.set(data.emoji.name, data.emoji);
    state.touch('emoji');
  },
  'emoji.removed': (state, { data }) => {
    state.emoji.delete(data.name);
    state.touch('emoji');
  },
  'user.joined': (state, { data }) => setUser(state, data.user),
  'user.changed': (state, { data }) => setUser(state, data.user),
};

const user: Reducers<'user'> = {
  'preferences.changed': (state, { data }) => {
    state.preferences = data.preferences;
    state.touch('preferences');
  },
  // The server ends the connection of whoever it concerns.
  'session.ended': () => {},
  'room.added': (state, { data }) => {
    addRoom(state, data.room);
    wantUsers(state, data.room.room.people);
  },
  'room.removed': (state, { data }) => removeRoom(state, data.roomId),
  'membership.changed': (state, { data }) => changeMembership(state, data),
  'message.saved': (state, { data }) => {
    state.saved.delete(data.messageId);
    state.saved.add(data.messageId);
    state.touch('saved');
  },
  'message.unsaved': (state, { data }) => {
    state.saved.delete(data.messageId);
    state.touch('saved');
  },
  'thread.followed': (state, { data }) => setThread(state, data.thread),
  'thread.unfollowed': (state, { data }) => forgetThread(state, data.threadId),
  'notice.added': (state, { data }) => {
    noticeInRoom(state, data.notice);
    noticeInThread(state, data.notice);
    wantUsers(state, [data.notice.authorId]);
  },
  'notice.removed': (state, { data }) => {
    noticeOutOfRoom(state, data);
    noticeOutOfThread(state, data);
  },
  'read.moved': (state, { data }) => moveRead(state, data),
  'read.allMoved': (state, { data }) => {
    for (const room of data.rooms) raiseRead(state, room);
    readAllThreads(state);
  },
  'draft.changed': (state, { data: { draft } }) => {
    const place = placeOf(draft.roomId, draft.threadId);
    if (draft.text === '') state.drafts.delete(place);
    else state.drafts.set(place, draft);
    state.touch('drafts');
  },
  'scheduled.changed': (state, { data: { scheduled } }) => {
    state.scheduled.set(scheduled.id, scheduled);
    state.touch('scheduled');
  },
  'scheduled.removed': (state, { data }) => {
    state.scheduled.delete(data.scheduledId);
    state.touch('scheduled');
  },
  'reminder.changed': (state, { data }) => setReminder(state, data.reminder),
  'reminder.due': (state, { data }) => setReminder(state, data.reminder),
  'reminder.removed': (state, { data }) => {
    state.reminders.delete(data.reminderId);
    state.touch('reminders');
  },
  'section.changed': (state, { data: { section } }) => {
    state.sections.set(section.id, section);
    state.touch('sections');
  },
  'section.removed': (state, { data }) => {
    state.sections.delete(data.sectionId);
    state.touch('sections');
  },
  // Whoever shows uploads hears it.
  'file.withheld': () => {},
  'sections.ordered': (state, { data }) => {
    const sections = data.sectionIds.flatMap((id) => state.sections.get(id) ?? []);
    state.sections.clear();
    for (const section of sections) state.sections.set(section.id, section);
    state.touch('sections');
  },
};

function setReminder(state: State, reminder: Reminder): void {
  state.reminders.set(reminder.id, reminder);
  state.touch('reminders');
}

const room: Reducers<'room'> = {
  'room.changed': changeRoom,
  'member.joined': countMembers,
  'member.left': countMembers,
  'member.changed': countEvent,
  'message.sent': (state, event) => {
    const { message } = event.data;
    countSent(state, event);
    if (message.authorId === state.me?.userId) countOwnReply(state, message);
    stopTyping(state, { roomId: message.roomId, threadId: message.threadId, userId: message.authorId });
    wantUsers(state, [message.authorId, ...Object.values(message.mentions.users)]);
  },
  'message.edited': (state, event) => {
    countEvent(state, event);
    changeMentions(state, event);
    wantUsers(state, Object.values(event.data.mentions.users));
  },
  'message.deleted': (state, event) => {
    countEvent(state, event);
    dropMention(state, event);
  },
  'message.pinned': countEvent,
  'message.unpinned': countEvent,
  'message.previewed': countEvent,
  'file.changed': countEvent,
  'reaction.added': (state, event) => {
    countEvent(state, event);
    wantUsers(state, [event.data.userId]);
  },
  'reaction.removed': countEvent,
};

const reducers = { workspace, user, room };

/** An event as it comes, of a kind of stream that is known. */
export interface AnyEvent {
  readonly stream: string;
  readonly epoch: number;
  readonly seq: number;
  readonly at: number;
  readonly name: string;
  readonly data: unknown;
}

/** An event whose name this build knows, with its data. */
export type KnownEvent = EventIn<'workspace'> | EventIn<'user'> | EventIn<'room'>;

/** @returns null for a stream of a kind that this build does not know. */
export function kindOf(stream: string): StreamKind | null {
  const kind = stream.split(':')[0] ?? '';
  return kind === 'workspace' || kind === 'user' || kind === 'room' ? kind : null;
}

/**
 * Applies one event of a stream; the caller sees to the order. A name that this build does not know changes nothing.
 * @returns the event with its type, or null when it is not known.
 */
export function applyEvent(state: State, event: AnyEvent): KnownEvent | null {
  const kind = kindOf(event.stream);
  const table = kind && (reducers[kind] as Readonly<Record<string, (state: State, event: AnyEvent) => void>>);
  if (!table || !Object.hasOwn(table, event.name)) return null;
  // The table says which data belong to which name; the server keeps to it.
  table[event.name]?.(state, event);
  if (kind === 'room') applyToMessages(state, event as EventIn<'room'>);
  return event as KnownEvent;
}
