/** Pictures of cards over HTTP. Every request asks anew who may; the page they are of never hears of a reader. */
import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { Refusal } from '../kit/refusal.ts';
import type { PreviewPictures } from '../previews/index.ts';
import { isKept, type Enter } from './file-routes.ts';

const isId = (text: string): boolean => /^[1-9][0-9]{0,17}$/.test(text);

/** @param enter finds who asks and whether they may come in. @throws Refusal */
export function servePreviews(fastify: FastifyInstance, pictures: PreviewPictures, enter: Enter): void {
  fastify.get<{ Params: { messageId: string; previewId: string } }>(
    '/api/v1/messages/:messageId/previews/:previewId/picture',
    async (request, reply) => {
      const caller = await enter(request, reply, 'read');
      const { messageId, previewId } = request.params;
      if (!isId(messageId) || !isId(previewId)) throw new Refusal('not_found', { what: 'picture' });
      const picture = await pictures.open(caller, { messageId, previewId });
      if (isKept(request, reply, picture.tag)) return reply.code(304).send();
      return reply.type('image/webp').send(Readable.from(await picture.read(), { objectMode: false }));
    },
  );
}
