/** Files of a chat in memory: they are complete as soon as they are finished, since no bytes come over a fake line. */
import type { FileInfo, Input, Output } from '@confab/protocol';
import { limits } from '@confab/protocol/limits';
import { refusedHere } from '../refused.ts';
import { roomFor, roomForReading, type FakeChat } from './fake-chat.ts';

export interface FileRow {
  readonly userId: string;
  readonly clientId: string;
  readonly name: string;
  readonly size: number;
  readonly id: string;
  readonly roomId: string;
  offset: number;
  file: FileInfo | null;
}

const pictures: Readonly<Record<string, string>> = { png: 'image/png', jpg: 'image/jpeg', gif: 'image/gif' };

function rowFor(chat: FakeChat, fileId: string, userId: string): FileRow {
  const row = chat.files.get(fileId);
  if (!row || (row.file === null && row.userId !== userId)) throw refusedHere('not_found', {});
  roomForReading(chat, row.roomId, userId);
  return row;
}

/** What a message is to have. */
export function filesFor(
  chat: FakeChat,
  userId: string,
  { roomId, fileIds = [] }: Input<'message.send'>,
): FileInfo[] {
  return fileIds.map((id) => {
    const row = chat.files.get(id);
    if (!row?.file || row.userId !== userId || row.roomId !== roomId) throw refusedHere('not_found', {});
    return row.file;
  });
}

export const fileHandlers = {
  'file.begin'(chat: FakeChat, userId: string, input: Input<'file.begin'>): Output<'file.begin'> {
    roomFor(chat, input.roomId, userId);
    const kept = [...chat.files.values()].find(
      (one) => one.userId === userId && one.clientId === input.clientId,
    );
    const row = kept ?? { ...input, id: chat.newId(), userId, offset: 0, file: null };
    chat.files.set(row.id, row);
    const { id: fileId, offset, file } = row;
    return { fileId, offset, chunkBytesMax: limits.fileChunkBytesMax, file };
  },
  'file.get'(chat: FakeChat, userId: string, { fileId }: Input<'file.get'>): Output<'file.get'> {
    const { roomId, offset, size, file } = rowFor(chat, fileId, userId);
    return { fileId, roomId, offset, size, file };
  },
  'file.finish'(chat: FakeChat, userId: string, { fileId }: Input<'file.finish'>): Output<'file.finish'> {
    const row = rowFor(chat, fileId, userId);
    const { id, roomId, name, size } = row;
    const type = pictures[name.split('.').at(-1) ?? ''];
    const about =
      type === undefined
        ? { type: 'application/octet-stream', hasThumbnail: false }
        : { type, width: 640, height: 480, hasThumbnail: true };
    row.offset = size;
    row.file ??= { id, roomId, name, size, ...about };
    return { file: row.file };
  },
  'file.delete'(chat: FakeChat, userId: string, { fileId }: Input<'file.delete'>): Output<'file.delete'> {
    if (rowFor(chat, fileId, userId).userId !== userId) throw refusedHere('forbidden', {});
    chat.files.delete(fileId);
    return {};
  },
  'file.list'(chat: FakeChat, userId: string, { roomId }: Input<'file.list'>): Output<'file.list'> {
    const row = roomForReading(chat, roomId, userId);
    const files = row.messages.flatMap(({ id: messageId, authorId, at, files: all = [] }) =>
      all.map((file) => ({ file, messageId, authorId, at })),
    );
    const users = [...new Set(files.map(({ authorId }) => authorId))].flatMap(
      (id) => structuredClone(chat.users.get(id)) ?? [],
    );
    return { files: files.toReversed(), users, next: null };
  },
};
