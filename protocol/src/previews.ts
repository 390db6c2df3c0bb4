import Type, { type Static } from 'typebox';
import { command } from './define.ts';
import { limits } from './limits.ts';
import { Count, Done, Id, strict } from './shapes.ts';

/**
 * What a link in a message leads to, told by the page itself: strangers wrote these words. Its picture, where there is
 * one, is at `GET /api/v1/messages/:messageId/previews/:id/picture` (WebP), which asks on every request whether the reader may
 * see the message. Readers never ask the page.
 */
export const Preview = Type.Object({
  id: Id,
  /** Of http or https. */
  url: Type.String(),
  title: Type.String(),
  /** Empty when the page says nothing of itself. */
  text: Type.String(),
  /** How the site calls itself, or its host. */
  site: Type.String(),
  /** Of the small picture, in pixels. */
  picture: Type.Optional(Type.Object({ width: Count, height: Count })),
});
export type Preview = Static<typeof Preview>;

export const Previews = Type.Array(Preview, { maxItems: limits.messagePreviewsMax });

export const previewCalls = {
  'preview.remove': command({
    summary: 'Take the card of a link away from a message of yours. It does not come back by editing',
    http: 'DELETE /messages/:messageId/previews/:previewId',
    scope: 'write',
    input: Type.Object({ messageId: Id, previewId: Id }, strict),
    output: Done,
    refusals: ['not_found', 'forbidden'],
  }),
};

export const previewEvents = {
  /** All cards that the message has from now on. */
  'message.previewed': Type.Object({ messageId: Id, previews: Previews }),
};
