import Type, { type Static } from 'typebox';
import { command, query } from './define.ts';
import { limits } from './limits.ts';
import { ClientId, Count, Cursor, Id, Nothing, PageSize, Time, nullable, strict } from './shapes.ts';
import { User } from './users.ts';

/** What a virus scanner says of a file. Left out, it is served; otherwise nothing of it is, and `withheld` is the answer. */
const FileCheck = {
  /** `waiting`: for its answer. `infected`: its bytes are gone. `too_large`: the scanner does not look at so many. */
  check: Type.Optional(Type.Enum(['waiting', 'infected', 'too_large'])),
  /** Of one that is infected: what the scanner calls it. */
  finding: Type.Optional(Type.String()),
};

/**
 * A file that is complete. Its bytes are at `GET /api/v1/files/:id/content/:name`, a small picture of it, where there is
 * one, at `GET /api/v1/files/:id/thumbnail` (WebP). Both ask on every request whether the reader may see the room.
 */
export const FileInfo = Type.Object({
  id: Id,
  roomId: Id,
  /** One line, without folders. It says nothing about the type. */
  name: Type.String(),
  /** As its bytes show it, such as `image/png`; `application/octet-stream` when they do not. */
  type: Type.String(),
  /** Bytes. */
  size: Count,
  /** Of what there is to see of it (a picture, an image of a video, a first page), upright, in pixels; both or none. */
  width: Type.Optional(Count),
  height: Type.Optional(Count),
  hasThumbnail: Type.Boolean(),
  ...FileCheck,
});
export type FileInfo = Static<typeof FileInfo>;

/** Files of a message, by their ids, in the order they are shown. */
export const FileIds = Type.Array(Id, { maxItems: limits.messageFilesMax, uniqueItems: true });

export const fileCalls = {
  'file.begin': command({
    summary:
      'Begin to upload a file to a room, or find out how far it came. Then send its bytes in order, each piece by `PATCH /files/:fileId/content?offset=N` (`application/octet-stream`, at most chunkBytesMax with a Content-Length), which answers `{offset}`; at a wrong offset `conflict` with data.offset. Then `file.finish`, then send a message with it',
    http: 'POST /rooms/:roomId/files',
    scope: 'write',
    input: Type.Object(
      {
        roomId: Id,
        clientId: ClientId,
        name: Type.String({ minLength: 1, maxLength: 4 * limits.fileNameCharsMax }),
        /** Bytes. */
        size: Count,
      },
      strict,
    ),
    output: Type.Object({
      fileId: Id,
      /** Bytes that are kept already. */
      offset: Count,
      /** Longest piece. */
      chunkBytesMax: Count,
      /** When it is complete already. */
      file: nullable(FileInfo),
    }),
    refusals: ['not_found', 'forbidden', 'archived', 'too_large', 'limit_reached'],
  }),
  'file.get': query({
    summary: 'A file; of one that is on its way, only for its uploader, how far it came',
    http: 'GET /files/:fileId',
    scope: 'read',
    input: Type.Object({ fileId: Id }, strict),
    output: Type.Object({
      fileId: Id,
      roomId: Id,
      offset: Count,
      size: Count,
      file: nullable(FileInfo),
    }),
    refusals: ['not_found'],
  }),
  'file.finish': command({
    summary: 'All bytes are there: find out what they are. Again, it answers the same',
    http: 'POST /files/:fileId/finish',
    scope: 'write',
    input: Type.Object({ fileId: Id }, strict),
    output: Type.Object({ file: FileInfo }),
    refusals: ['not_found', 'conflict', 'busy'],
  }),
  'file.delete': command({
    summary: 'Give up a file of yours that no message has. Files of messages go with their messages',
    http: 'DELETE /files/:fileId',
    scope: 'write',
    input: Type.Object({ fileId: Id }, strict),
    output: Nothing,
    refusals: ['not_found', 'forbidden'],
  }),
  'file.list': query({
    summary: 'Files of the messages of a room, newest first',
    http: 'GET /rooms/:roomId/files',
    scope: 'read',
    input: Type.Object({ roomId: Id, cursor: Type.Optional(Cursor), limit: Type.Optional(PageSize) }, strict),
    output: Type.Object({
      files: Type.Array(Type.Object({ file: FileInfo, messageId: Id, authorId: Id, at: Time })),
      /** Authors. */
      users: Type.Array(User),
      next: nullable(Cursor),
    }),
    refusals: ['not_found'],
  }),
};

/** What is known of a file of a message from now on; the rest of it stays. */
export const FileChange = Type.Object({
  id: Id,
  width: Type.Optional(Count),
  height: Type.Optional(Count),
  hasThumbnail: Type.Boolean(),
  ...FileCheck,
});
export type FileChange = Static<typeof FileChange>;

export const fileEvents = {
  /** The virus scanner has answered, or there is something to see of the file that there was not. */
  'file.changed': Type.Object({ messageId: Id, file: FileChange }),
};

export const ownFileEvents = {
  /** A file that you uploaded was not let through by the virus scanner. */
  'file.withheld': Type.Object({
    fileId: Id,
    roomId: Id,
    name: Type.String(),
    check: Type.Enum(['infected', 'too_large']),
    finding: Type.Optional(Type.String()),
  }),
};
