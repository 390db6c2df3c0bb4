/**
 * Mail programs end mail for their readers with one press: a form by POST, without cookies and from anywhere (RFC 8058). Whoever
 * opens the same address, as programs that look at links do, gets the page, which asks first.
 */
import type { ErrorEnvelope } from '@confab/protocol';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Visitor } from '../kit/caller.ts';
import type { Dispatch } from './dispatch.ts';

/** `List-Unsubscribe=One-Click`, also as a form in parts. */
const bodyBytesMax = 2_000;

export async function serveUnsubscribing(
  fastify: FastifyInstance,
  door: {
    readonly dispatch: Dispatch;
    visitorOf(request: FastifyRequest, reply: FastifyReply): Visitor;
    sendError(reply: FastifyReply, error: ErrorEnvelope): FastifyReply;
  },
): Promise<void> {
  await fastify.register((scope, _, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, _body, parsed) => parsed(null));
    scope.post<{ Params: { token: string } }>(
      '/unsubscribe/:token',
      { bodyLimit: bodyBytesMax },
      async (request, reply) => {
        const { token } = request.params;
        const by = door.visitorOf(request, reply);
        const result = await door.dispatch.call('missedMail.unsubscribe', { token }, by, 'http');
        return result.ok ? reply.type('text/plain').send('Done.\n') : door.sendError(reply, result.error);
      },
    );
    done();
  });
}
