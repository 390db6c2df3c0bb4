/** Rooms and who is in them. */
import { refusedHere } from '../refused.ts';
import {
  addMember,
  myRoom,
  own,
  ownPosition,
  roomFor,
  roomPosition,
  type FakeHandlers,
} from './fake-chat.ts';

export const roomHandlers: FakeHandlers = {
  'room.setPreferences': (chat, userId, { roomId, ...changes }) => {
    const row = roomFor(chat, roomId, userId);
    const { membership: before } = myRoom(chat, row, userId);
    const membership = { ...before, ...changes };
    row.members.set(userId, membership);
    own(chat, userId, 'membership.changed', { roomId, membership });
    return { membership, ...ownPosition(chat, userId) };
  },
  'room.change': (chat, userId, { roomId, topic }) => {
    const row = roomFor(chat, roomId, userId);
    row.room = { ...row.room, topic: topic ?? row.room.topic };
    chat.append(`room:${roomId}`, 'room.changed', { room: row.room, by: userId });
    return { room: row.room, ...roomPosition(chat, roomId) };
  },
  'room.join': (chat, userId, { roomId }) => {
    const row = chat.rooms.get(roomId);
    if (!row || row.room.kind !== 'public') throw refusedHere('not_found', {});
    if (!row.members.has(userId)) addMember(chat, row, userId);
    return { room: myRoom(chat, row, userId), ...ownPosition(chat, userId) };
  },
  'room.leave': (chat, userId, { roomId }) => {
    const row = roomFor(chat, roomId, userId);
    row.members.delete(userId);
    row.room = { ...row.room, memberCount: row.members.size };
    for (const { id } of row.messages) chat.followers.get(id)?.delete(userId);
    for (const [key, draft] of chat.drafts) {
      if (draft.userId === userId && draft.roomId === roomId) chat.drafts.delete(key);
    }
    const left = { userId, memberCount: row.members.size, by: userId };
    chat.append(`room:${roomId}`, 'member.left', left);
    own(chat, userId, 'room.removed', { roomId, by: userId });
    return roomPosition(chat, roomId);
  },
};
