/** How far everybody has read. */
import { refusedHere } from '../refused.ts';
import {
  followedThread,
  myRoom,
  own,
  ownPosition,
  roomFor,
  type FakeChat,
  type FakeHandlers,
  type RoomRow,
} from './fake-chat.ts';

/** It never falls. */
export function raiseRead(row: RoomRow, userId: string, ordinal: number): void {
  const membership = row.members.get(userId);
  if (!membership || membership.readOrdinal >= ordinal) return;
  row.members.set(userId, { ...membership, readOrdinal: ordinal });
}

function moveRead(
  chat: FakeChat,
  row: RoomRow,
  { userId, readOrdinal }: { userId: string; readOrdinal: number },
) {
  const membership = row.members.get(userId);
  if (membership) row.members.set(userId, { ...membership, readOrdinal });
  const { mentions, ordinal } = myRoom(chat, row, userId).counters;
  own(chat, userId, 'read.moved', { roomId: row.room.id, readOrdinal, ordinal, mentions });
}

export const readHandlers: FakeHandlers = {
  'read.upTo': (chat, userId, { roomId, ordinal }) => {
    const row = roomFor(chat, roomId, userId);
    const readOrdinal = Math.min(ordinal, row.ordinal);
    if ((row.members.get(userId)?.readOrdinal ?? 0) < readOrdinal)
      moveRead(chat, row, { userId, readOrdinal });
    return ownPosition(chat, userId);
  },
  'read.from': (chat, userId, { roomId, ordinal }) => {
    moveRead(chat, roomFor(chat, roomId, userId), { userId, readOrdinal: ordinal - 1 });
    return ownPosition(chat, userId);
  },
  'read.all': (chat, userId) => {
    const rooms = [...chat.rooms.values()].filter((row) => {
      const membership = row.members.get(userId);
      return membership && membership.readOrdinal < row.ordinal;
    });
    for (const row of rooms) raiseRead(row, userId, row.ordinal);
    for (const [threadId, followers] of chat.followers) {
      const thread = followedThread(chat, threadId, userId);
      if (thread) followers.set(userId, thread.ordinal);
    }
    const places = rooms.map((row) => ({ roomId: row.room.id, readOrdinal: row.ordinal }));
    own(chat, userId, 'read.allMoved', { rooms: places });
    return ownPosition(chat, userId);
  },
  'thread.read': (chat, userId, { threadId, ordinal }) => {
    const followers = chat.followers.get(threadId);
    const before = followers?.get(userId);
    if (before === undefined) throw refusedHere('not_found', {});
    if (before < ordinal) {
      followers?.set(userId, ordinal);
      own(chat, userId, 'thread.followed', { thread: followedThread(chat, threadId, userId) });
    }
    return ownPosition(chat, userId);
  },
};
