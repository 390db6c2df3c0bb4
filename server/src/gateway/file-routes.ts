/**
 * The bytes of files over HTTP: pieces of an upload in, files and thumbnails out. Every request asks anew who may; what
 * can hold a script is only saved, and in a sandbox.
 */
import { Readable } from 'node:stream';
import type { Scope } from '@confab/protocol';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { rangeIn, type FileBytes, type OpenFile } from '../files/index.ts';
import type { Caller } from '../kit/caller.ts';
import { Refusal } from '../kit/refusal.ts';

export type Enter = (request: FastifyRequest, reply: FastifyReply, scope: Scope) => Promise<Caller>;

const isId = (text: string): boolean => /^[1-9][0-9]{0,17}$/.test(text);

/** @param enter finds who asks and whether they may come in. @throws Refusal */
export function serveFiles(fastify: FastifyInstance, files: FileBytes, enter: Enter): void {
  void fastify.register(async (inner) => {
    inner.addContentTypeParser('application/octet-stream', (_request, body, done) => done(null, body));
    inner.patch<{ Params: { fileId: string } }>('/api/v1/files/:fileId/content', async (request, reply) => {
      const caller = await enter(request, reply, 'write');
      const { body } = request;
      if (!(body instanceof Readable))
        throw new Refusal('invalid', { path: 'content-type', expected: 'application/octet-stream' });
      const { offset, size } = announced(request);
      return files.take(caller, { fileId: known(request), offset, size, body: whole(body) });
    });
  });

  fastify.get<{ Params: { fileId: string; name: string } }>(
    '/api/v1/files/:fileId/content/:name',
    async (request, reply) => {
      const caller = await enter(request, reply, 'read');
      return sendFile(request, reply, await files.open(caller, known(request)));
    },
  );

  fastify.get<{ Params: { fileId: string } }>('/api/v1/files/:fileId/thumbnail', async (request, reply) => {
    const caller = await enter(request, reply, 'read');
    const found = await files.openThumbnail(caller, known(request));
    if (isKept(request, reply, found.hash)) return reply.code(304).send();
    return reply.type('image/webp').send(Readable.from(await found.read(), { objectMode: false }));
  });
}

function known({ params }: { params: { fileId: string } }): string {
  if (!isId(params.fileId)) throw new Refusal('not_found', { what: 'file' });
  return params.fileId;
}

function announced(request: FastifyRequest): { offset: number; size: number } {
  const { offset } = request.query as { offset?: unknown };
  if (typeof offset !== 'string' || !/^\d{1,15}$/.test(offset))
    throw new Refusal('invalid', { path: '/offset', expected: 'the bytes before this piece' });
  const length = request.headers['content-length'] ?? '';
  if (request.headers['content-encoding'] !== undefined || !/^[1-9]\d{0,14}$/.test(length))
    throw new Refusal('invalid', {
      path: 'content-length',
      expected: 'the bytes of this piece, as they are',
    });
  return { offset: Number(offset), size: Number(length) };
}

/** That a line was cut is neither a bug of ours nor the world's. */
async function* whole(body: Readable): AsyncGenerator<Uint8Array> {
  try {
    for await (const bytes of body) yield bytes as Uint8Array;
  } catch {
    throw new Refusal('invalid', { path: '', expected: 'all bytes that were announced' });
  }
}

async function sendFile(request: FastifyRequest, reply: FastifyReply, file: OpenFile): Promise<FastifyReply> {
  if (isKept(request, reply, file.hash)) return reply.code(304).send();
  const condition = request.headers['if-range'];
  const isSame = condition === undefined || condition === tagOf(file.hash);
  const range = isSame ? rangeIn(request.headers.range, file.size) : null;
  void reply
    .header('accept-ranges', 'bytes')
    .header(
      'content-disposition',
      `${file.shown ? 'inline' : 'attachment'}; filename*=UTF-8''${quoted(file.name)}`,
    )
    .header('content-security-policy', "sandbox; default-src 'none'")
    .type(typeOf(file));
  if (range === 'none') {
    const nothing = reply.code(416).header('content-range', `bytes */${file.size}`);
    return nothing.type('text/plain').send('');
  }
  if (range !== null)
    void reply.code(206).header('content-range', `bytes ${range.from}-${range.to - 1}/${file.size}`);
  const length = range === null ? file.size : range.to - range.from;
  void reply.header('content-length', length);
  if (request.method === 'HEAD') return reply.send('');
  const bytes = await file.read(range ?? undefined);
  return reply.send(Readable.from(bytes, { objectMode: false }));
}

function typeOf({ shown, type }: OpenFile): string {
  if (!shown) return 'application/octet-stream';
  return type === 'text/plain' ? 'text/plain; charset=utf-8' : type;
}

const tagOf = (hash: string): string => `"${hash}"`;

/** Kept by the reader's browser alone, and asked for again each time: they may have left the room. */
export function isKept(request: FastifyRequest, reply: FastifyReply, hash: string): boolean {
  void reply.header('etag', tagOf(hash)).header('cache-control', 'private, no-cache');
  return request.headers['if-none-match'] === tagOf(hash);
}

/** RFC 8187. */
function quoted(name: string): string {
  return encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
