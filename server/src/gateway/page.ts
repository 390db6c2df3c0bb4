import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/**
 * The page: files named after their content are kept for ever, the rest is asked for again. Where the build has put a
 * compressed copy beside a file, that is sent to whoever takes it. Any address that is no file and no call is the page's
 * own, such as a permalink.
 * @param folder of the built page; null or missing: only the API is served.
 */
export async function servePage(fastify: FastifyInstance, folder: string | null): Promise<void> {
  if (folder === null || !existsSync(join(folder, 'index.html'))) return;
  await fastify.register(fastifyStatic, {
    root: folder,
    wildcard: false,
    index: false,
    cacheControl: false,
    preCompressed: true,
    globIgnore: ['**/*.br', '**/*.gz'],
    setHeaders(reply, path) {
      const forEver = path.includes('/assets/');
      reply.setHeader('vary', 'accept-encoding');
      reply.setHeader('cache-control', forEver ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  fastify.get('/*', (_request, reply) => reply.sendFile('index.html'));
}
