import Type, { type Static } from 'typebox';
import { command } from './define.ts';
import { limits } from './limits.ts';
import { Done, Id, Time, nullable, strict } from './shapes.ts';

export const Draft = Type.Object({ roomId: Id, threadId: nullable(Id), text: Type.String(), at: Time });
export type Draft = Static<typeof Draft>;

export const draftCalls = {
  'draft.set': command({
    summary: 'Keep what you are writing across devices; an empty text forgets it',
    http: 'PUT /me/drafts/:roomId',
    scope: 'write',
    input: Type.Object(
      {
        roomId: Id,
        threadId: Type.Optional(nullable(Id)),
        text: Type.String({ maxLength: limits.draftCharsMax }),
      },
      strict,
    ),
    output: Done,
    refusals: ['not_found', 'limit_reached'],
  }),
};

/** In the person's own stream; an empty text means it is gone. */
export const ownDraftEvents = {
  'draft.changed': Type.Object({ draft: Draft }),
};
