import type {
  EventIn,
  FileChange,
  FileInfo,
  Message,
  Preview,
  RoomEvents,
  ThreadSummary,
} from '@confab/protocol';
import { limits } from '@confab/protocol/limits';

export type RoomEvent = EventIn<'room'>;

/** Ids of the messages that an event may change. A `message.sent` adds a message and changes the root it replies to. */
export function concernedBy(event: RoomEvent): string[] {
  switch (event.name) {
    case 'message.sent':
      return event.data.message.threadId === null ? [] : [event.data.message.threadId];
    case 'message.deleted':
      return event.data.threadId === null
        ? [event.data.messageId]
        : [event.data.messageId, event.data.threadId];
    case 'message.edited':
    case 'message.pinned':
    case 'message.unpinned':
    case 'message.previewed':
    case 'file.changed':
    case 'reaction.added':
    case 'reaction.removed':
      return [event.data.messageId];
    case 'room.changed':
    case 'member.joined':
    case 'member.left':
    case 'member.changed':
      return [];
  }
}

/**
 * What one event makes of one message: the same as a page read after the event would show. The caller sees to it that
 * the message does not contain the event already. The same object when nothing changed.
 */
export function changeMessage(message: Message, event: RoomEvent): Message {
  switch (event.name) {
    case 'message.sent':
      return event.data.message.threadId === message.id
        ? { ...message, thread: withReply(message.thread, event.data.message) }
        : message;
    case 'message.edited':
      return edited(message, event.data);
    case 'message.deleted':
      if (event.data.messageId === message.id) return deleted(message, event.data);
      return event.data.threadId === message.id && message.thread
        ? { ...message, thread: { ...message.thread, replies: Math.max(0, message.thread.replies - 1) } }
        : message;
    case 'message.pinned':
      return { ...message, pinnedAt: event.data.pinnedAt };
    case 'message.unpinned':
      return { ...message, pinnedAt: null };
    case 'message.previewed':
      return withPreviews(message, event.data.previews);
    case 'file.changed':
      return withFile(message, event.data.file);
    case 'reaction.added':
      return withReaction(message, event.data);
    case 'reaction.removed':
      return withoutReaction(message, event.data);
    case 'room.changed':
    case 'member.joined':
    case 'member.left':
    case 'member.changed':
      return message;
  }
}

/** A deleted reply stays counted in `ordinal`, and its author's face stays. */
function withReply(thread: ThreadSummary | null, reply: Message): ThreadSummary {
  const replies = thread?.replies ?? 0;
  const faces = thread?.faces ?? [];
  const isNew = !faces.includes(reply.authorId) && faces.length < limits.threadFacesMax;
  return {
    replies: replies + 1,
    ordinal: reply.threadOrdinal ?? replies + 1,
    lastAt: reply.at,
    faces: isNew ? [...faces, reply.authorId] : faces,
  };
}

/**
 * Versions only grow, so that an edit seen twice or late changes nothing. Of a message that was deleted later the events
 * before are read without their text: it is a tombstone from the beginning, and its versions are counted all the same.
 */
function edited(message: Message, edit: RoomEvents['message.edited']): Message {
  if (edit.version <= message.version) return message;
  const { text, mentions, version, editedAt } = edit;
  return { ...message, text, mentions, version, editedAt };
}

/** The tombstone keeps its place, its thread, what it quoted and when it was edited. */
function deleted(message: Message, { version, deletedAt }: RoomEvents['message.deleted']): Message {
  const mentions = { users: {}, rooms: {}, all: false, here: false };
  const { files: _files, previews: _previews, ...rest } = message;
  return { ...rest, text: '', mentions, reactions: [], pinnedAt: null, version, deletedAt };
}

/** Cards of a message that was deleted since are not shown again. */
function withPreviews(message: Message, previews: readonly Preview[]): Message {
  const { previews: _before, ...rest } = message;
  if (previews.length === 0 || message.deletedAt !== null) return rest;
  return { ...rest, previews: [...previews] };
}

function withFile(message: Message, change: FileChange): Message {
  if (!message.files?.some((file) => file.id === change.id)) return message;
  return { ...message, files: message.files.map((file) => changeFile(file, change)) };
}

/** What is known of a file now takes the place of all that may change of one. The same object for another file. */
export function changeFile(file: FileInfo, change: FileChange): FileInfo {
  if (file.id !== change.id) return file;
  const { width: _width, height: _height, check: _check, finding: _finding, ...rest } = file;
  return { ...rest, ...change };
}

/** Emoji stand in the order in which they came to the message, and keep their place until nobody is left. */
function withReaction(
  message: Message,
  { emoji, userId }: { readonly emoji: string; readonly userId: string },
): Message {
  const present = message.reactions.find((reaction) => reaction.emoji === emoji);
  if (present?.userIds.includes(userId)) return message;
  const reactions = present
    ? message.reactions.map((one) => (one === present ? { emoji, userIds: [...one.userIds, userId] } : one))
    : [...message.reactions, { emoji, userIds: [userId] }];
  return { ...message, reactions };
}

function withoutReaction(
  message: Message,
  { emoji, userId }: { readonly emoji: string; readonly userId: string },
): Message {
  const present = message.reactions.find((reaction) => reaction.emoji === emoji);
  if (!present?.userIds.includes(userId)) return message;
  const userIds = present.userIds.filter((id) => id !== userId);
  const reactions = message.reactions.flatMap((one) => {
    if (one !== present) return [one];
    return userIds.length > 0 ? [{ emoji, userIds }] : [];
  });
  return { ...message, reactions };
}
