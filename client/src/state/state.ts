import type {
  CustomEmoji,
  Draft,
  EventsOf,
  FollowedThread,
  MyRoom,
  Preferences,
  Presence,
  Reminder,
  ScheduledMessage,
  Section,
  StreamKind,
  User,
  Workspace,
} from '@confab/protocol';
import type { Key } from '../changes.ts';
import type { RoomMessages } from './room-messages.ts';
import type { Underway } from './underway.ts';

/**
 * All that a client knows. The maps are changed in place, their values never: a changed room is a new object, an
 * unchanged one the same object as before. So one message in one of 2,000 rooms costs one new object, and whoever
 * draws can compare by reference.
 *
 * What events, badges and snapshots say is kept as the server said it; what was done here and is not confirmed yet
 * (unsent messages, reading ahead, drafts) lies over it in `outbox`, and views put the two together.
 */
export interface State {
  me: { readonly userId: string; readonly email: string } | null;
  epoch: number;
  /** Up to which number the own streams are contained here; null until a snapshot was taken. */
  positions: { workspace: number; user: number } | null;
  /** Server time up to which rooms that are not watched are known. */
  since: number;
  workspace: Workspace | null;
  preferences: Preferences | null;
  readonly users: Map<string, User>;
  /** By name. */
  readonly emoji: Map<string, CustomEmoji>;
  readonly rooms: Map<string, MyRoom>;
  /** Beside each room, what its MyRoom contains. */
  readonly counted: Map<string, Counted>;
  readonly messages: Map<string, RoomMessages>;
  /** Followed threads by root message: all unread ones, and read ones as far as they were met. */
  readonly threads: Map<string, FollowedThread>;
  /** By `placeOf`. */
  readonly drafts: Map<string, Draft>;
  /** By id. */
  readonly scheduled: Map<string, ScheduledMessage>;
  /** Those that are not completed, by id. */
  readonly reminders: Map<string, Reminder>;
  /** Of the sidebar by id, from top to bottom. */
  readonly sections: Map<string, Section>;
  /** Ids of saved messages, oldest first. */
  readonly saved: Set<string>;
  readonly presence: Map<string, Presence>;
  /** By `placeOf`: who writes there, and until when that is shown. */
  readonly typing: Map<string, Map<string, number>>;
  /** By id, in the order in which they were made. */
  readonly outbox: Map<string, Underway>;
  /** What the events spoke of and is not known here; whoever fetches it empties it. */
  readonly wanted: { readonly users: Set<string>; readonly quotes: Map<string, string> };
  /** Per person: after which change of people (counted here) they changed last. A page read before that is older. */
  readonly userChanges: Map<string, number>;
  userChangeCount: number;
  readonly touch: (key: Key) => void;
}

export interface Counted {
  /**
   * Number of the room's event up to which its MyRoom contains everything; behind `counters.head` when a notice ran
   * ahead of the room's own stream. Events up to it change nothing there when they are read again.
   */
  readonly upTo: number;
  /** How far the timeline reached when the server last said what is read: own messages up to here do not raise it. */
  readonly readAt: number;
  /** The last own message that was heard of: it is read whatever the server said before it. */
  readonly own: number;
}

export function createState(touch: (key: Key) => void): State {
  return {
    me: null,
    epoch: 0,
    positions: null,
    since: 0,
    workspace: null,
    preferences: null,
    users: new Map(),
    emoji: new Map(),
    rooms: new Map(),
    counted: new Map(),
    messages: new Map(),
    threads: new Map(),
    drafts: new Map(),
    scheduled: new Map(),
    reminders: new Map(),
    sections: new Map(),
    saved: new Set(),
    presence: new Map(),
    typing: new Map(),
    outbox: new Map(),
    wanted: { users: new Set(), quotes: new Map() },
    userChanges: new Map(),
    userChangeCount: 0,
    touch,
  };
}

/** As if nothing had ever been known: somebody else signed in. */
export function clearState(state: State): void {
  for (const id of state.rooms.keys()) {
    state.touch(`room:${id}`);
    state.touch(`timeline:${id}`);
  }
  const { touch, ...empty } = createState(state.touch);
  for (const [name, value] of Object.entries(empty)) {
    const present: unknown = state[name as keyof typeof empty];
    if (present instanceof Map || present instanceof Set) present.clear();
    else if (name !== 'wanted') Object.assign(state, { [name]: value });
  }
  state.wanted.users.clear();
  state.wanted.quotes.clear();
  for (const key of [
    'ready',
    'rooms',
    'users',
    'threads',
    'drafts',
    'scheduled',
    'reminders',
    'sections',
    'saved',
    'emoji',
    'outbox',
  ] as const)
    touch(key);
}

/** A room, or a thread in it: where one writes. */
export function placeOf(roomId: string, threadId?: string | null): string {
  return threadId ? `${roomId}/${threadId}` : roomId;
}

export interface Placed<Name, Data> {
  readonly stream: string;
  readonly epoch: number;
  readonly seq: number;
  readonly at: number;
  readonly name: Name;
  readonly data: Data;
}

/** One function for each event of a kind of stream: an event without a reducer does not compile. */
export type Reducers<Kind extends StreamKind> = {
  readonly [Name in keyof EventsOf[Kind]]: (state: State, event: Placed<Name, EventsOf[Kind][Name]>) => void;
};

/** `room:34` → `34` */
export function ownerOf(stream: string): string {
  return stream.slice(stream.indexOf(':') + 1);
}
