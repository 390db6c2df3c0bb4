/** What deserves a notification, and for whom. Pure. */
import type { Mentions, Notice, Preferences, PushKind, Reminder } from '@confab/protocol';
import { createKeywordSearch, createQuietTime, noticeLevelIn } from '@confab/protocol/notices';
import type { StreamEvent } from '../delivery/index.ts';

/** Something that happened to one person, by their own stream. */
export interface Told {
  readonly userId: string;
  readonly occasion: Occasion;
}

/** A message of a room, for whoever wants to hear of it there. */
export interface Said {
  readonly messageId: string;
  readonly roomId: string;
  readonly authorId: string;
  readonly text: string;
  readonly isForAll: boolean;
  readonly isInTimeline: boolean;
  readonly at: number;
}

export interface Occasion {
  readonly kind: PushKind;
  /** The same thing has the same key, by whatever way it is heard of. */
  readonly key: string;
  readonly roomId: string | null;
  readonly messageId: string | null;
  readonly reminderId: string | null;
  readonly at: number;
}

/** For somebody who is to be told of it. */
export interface Decided extends Told {
  /** Away for so long, they get it by mail; null: never. */
  readonly mailAfterMs: number | null;
}

export interface Heard {
  readonly told: readonly Told[];
  readonly said: readonly Said[];
}

/** Somebody who is notified by anything, in one of the rooms; roomId null: whatever the room. */
export interface Listener {
  readonly userId: string;
  readonly roomId: string | null;
  readonly level: Preferences['noticeLevel'] | 'default' | null;
  readonly muted: boolean | null;
  readonly preferences: Preferences;
  readonly timeZone: string;
}

/** Whoever was away longer has learnt of it otherwise, and a reader that begins anew does not tell of last month. */
const freshMs = 3_600_000;

const minuteMs = 60_000;

/** How long somebody is away before what they missed comes by mail. */
export const absenceMs: Readonly<Record<Preferences['missedMail'], number | null>> = {
  never: null,
  quarter: 15 * minuteMs,
  hour: 60 * minuteMs,
  day: 24 * 60 * minuteMs,
};

export const occasionOfMessage = (
  kind: PushKind,
  of: { messageId: string; roomId: string; at: number },
): Occasion => ({ ...of, kind, key: `message:${of.messageId}`, reminderId: null });

/** What in these events may deserve one. */
export function listen(events: readonly StreamEvent[], now: number): Heard {
  const fresh = events.filter((event) => now - event.at < freshMs);
  return {
    told: fresh.flatMap((event) => {
      const occasion = event.stream.kind === 'user' ? ownOccasion(event) : null;
      return occasion === null ? [] : [{ userId: event.stream.id, occasion }];
    }),
    said: fresh.flatMap((event) =>
      event.stream.kind === 'room' && event.name === 'message.sent' ? [saidOf(event)] : [],
    ),
  };
}

function ownOccasion(event: StreamEvent): Occasion | null {
  const { at, seq, stream } = event;
  if (event.name === 'notice.added') {
    const { notice } = event.data<{ notice: Notice }>();
    return occasionOfMessage(notice.kind, { messageId: notice.messageId, roomId: notice.roomId, at });
  }
  if (event.name === 'reminder.due') {
    const { id, messageId, roomId, dueAt } = event.data<{ reminder: Reminder }>().reminder;
    return { kind: 'reminder', key: `reminder:${id}:${dueAt}`, roomId, messageId, reminderId: id, at };
  }
  if (event.name !== 'room.added') return null;
  const { room, by } = event.data<{ room: { room: { id: string; kind: string } }; by: string }>();
  // A conversation tells of itself by its first message.
  if (by === stream.id || room.room.kind === 'direct') return null;
  const { id: roomId } = room.room;
  return { kind: 'invitation', key: `room:${roomId}:${seq}`, roomId, messageId: null, reminderId: null, at };
}

function saidOf(event: StreamEvent): Said {
  const { message } = event.data<{
    message: {
      id: string;
      text: string;
      ordinal: number | null;
      authorId: string;
      mentions: Mentions | null;
    };
  }>();
  return {
    messageId: message.id,
    roomId: event.stream.id,
    authorId: message.authorId,
    text: message.text,
    // `@here` calls those who are here: they have a page that tells them.
    isForAll: message.mentions?.all === true,
    isInTimeline: message.ordinal !== null,
    at: event.at,
  };
}

/** Each person and occasion once, by its best reason. */
export function decide(heard: Heard, listeners: readonly Listener[]): Decided[] {
  const decided = new Map<string, Decided>();
  const add = (told: Told, { preferences }: Listener): void => {
    const key = `${told.userId} ${told.occasion.key}`;
    if (!decided.has(key)) decided.set(key, { ...told, mailAfterMs: absenceMs[preferences.missedMail] });
  };
  const byPlace = new Map(listeners.map((one) => [`${one.userId} ${one.roomId}`, one]));
  for (const told of heard.told) {
    const { roomId, kind, at } = told.occasion;
    const one = byPlace.get(`${told.userId} ${kind === 'reminder' ? null : roomId}`);
    if (one && isWanted(one, kind) && !isQuiet(one, at)) add(told, one);
  }
  const saidIn = groupByRoom(heard.said);
  for (const one of listeners) {
    const reasonOf = createReason(one);
    for (const said of saidIn.get(one.roomId ?? '') ?? []) {
      const kind = reasonOf(said);
      if (kind === null || isQuiet(one, said.at)) continue;
      const { messageId, roomId, at } = said;
      add({ userId: one.userId, occasion: occasionOfMessage(kind, { messageId, roomId, at }) }, one);
    }
  }
  return [...decided.values()];
}

function groupByRoom(all: readonly Said[]): Map<string, Said[]> {
  const rooms = new Map<string, Said[]>();
  for (const said of all) rooms.set(said.roomId, [...(rooms.get(said.roomId) ?? []), said]);
  return rooms;
}

function levelOf({ level, muted, preferences }: Listener): Preferences['noticeLevel'] {
  return noticeLevelIn({ level: level ?? 'default', muted: muted ?? false }, preferences);
}

/** Who is asked into a room has not chosen anything for it yet. */
function isWanted(one: Listener, kind: PushKind): boolean {
  return kind === 'reminder' || kind === 'invitation' || levelOf(one) !== 'nothing';
}

function createReason(one: Listener): (said: Said) => PushKind | null {
  const level = levelOf(one);
  const findKeyword = createKeywordSearch(one.preferences.keywords);
  return (said) => {
    if (level === 'nothing' || said.authorId === one.userId) return null;
    if (said.isForAll) return 'mention';
    if (findKeyword(said.text) !== null) return 'keyword';
    return level === 'everything' && said.isInTimeline ? 'everything' : null;
  };
}

function isQuiet({ preferences, timeZone }: Listener, at: number): boolean {
  return createQuietTime(preferences, timeZone)(at) !== null;
}
