/**
 * The HTTP door: every call under /api/v1, pictures, the reference, health and metrics, and the page itself.
 * Input is path, query and body together; output and refusals are those of the socket.
 */
import type { IncomingMessage } from 'node:http';
import cookie from '@fastify/cookie';
import { calls, errors, limits, type Call, type CallName, type ErrorEnvelope } from '@confab/protocol';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { FileBytes } from '../files/index.ts';
import type { PreviewPictures } from '../previews/index.ts';
import type { Visitor } from '../kit/caller.ts';
import { Refusal } from '../kit/refusal.ts';
import {
  callerOf,
  credentialOf,
  sameOrigin,
  type Credential,
  type Identify,
  type Identity,
} from './authentication.ts';
import { isCaller, refusalEnvelope, type Dispatch } from './dispatch.ts';
import { serveFiles, type Enter } from './file-routes.ts';
import { servePreviews } from './preview-routes.ts';
import { inputOf } from './http-input.ts';
import type { Metrics } from './metrics.ts';
import { openApi } from './openapi.ts';
import { createPeerAddress } from './peer.ts';
import { referencePage } from './reference-page.ts';
import type { RateLimits } from './rate-limits.ts';
import { securityHeaders } from './security-headers.ts';
import { serveUnsubscribing } from './unsubscribe-route.ts';

export interface HttpDeps {
  readonly dispatch: Dispatch;
  readonly identify: Identify;
  readonly limits: RateLimits;
  readonly metrics: Metrics;
  readonly publicUrl: string | null;
  readonly trustedProxies: readonly string[];
  readonly version: string;
  readonly nodeName: string;
  /** Resolves when this node may take traffic; throws a sentence when not. */
  ready(): Promise<void>;
  /** This node should be taken for dead, so that a balancer sends also those elsewhere who are bound to it. */
  isCutOff(): boolean;
  findPicture(hash: string): Promise<Uint8Array | null>;
  readonly files: FileBytes;
  readonly previewPictures: PreviewPictures;
}

export interface HttpDoor {
  readonly fastify: FastifyInstance;
  /** For sockets: who is knocking. */
  admit(
    request: IncomingMessage,
  ): { visitor: Visitor; cookie: Credential | null } | { status: 403; words: string };
}

export async function createHttpDoor(deps: HttpDeps): Promise<HttpDoor> {
  const secure = deps.publicUrl?.startsWith('https:') ?? false;
  const cookieName = secure ? '__Host-confab_session' : 'confab_session';
  const peerAddress = createPeerAddress(deps.trustedProxies);
  const fastify = Fastify({
    bodyLimit: limits.httpBodyBytesMax,
    // A node behind a balancer keeps connections longer than the balancer does.
    keepAliveTimeout: 75_000,
    requestTimeout: 30_000,
    routerOptions: { maxParamLength: 400 },
    logger: false,
  });
  const cookieOptions = { path: '/', httpOnly: true, sameSite: 'lax', secure } as const;
  await fastify.register(cookie);
  acceptOnlyJson(fastify);
  securityHeaders(fastify, { secure });

  function visitorOf(request: FastifyRequest, reply: FastifyReply): Visitor {
    return {
      ...whoseDevice(request.raw),
      startSession: (secret, expiresAt) =>
        void reply.setCookie(cookieName, secret, { ...cookieOptions, expires: new Date(expiresAt) }),
      endSession: () => void reply.clearCookie(cookieName, cookieOptions),
    };
  }

  function whoseDevice(request: IncomingMessage): Pick<Visitor, 'address' | 'userAgent'> {
    const userAgent = request.headers['user-agent']?.slice(0, 300) ?? '';
    return { address: peerAddress(request), userAgent };
  }

  const credentialIn = (request: FastifyRequest): Credential | null =>
    credentialOf(request.headers.authorization, request.cookies[cookieName]);

  /**
   * Finds who asks. A session that lives longer from now on has its cookie live as long. What a page asks first renews it in
   * any case: the session may have been prolonged by a socket, which can set no cookie.
   */
  async function identify(
    credential: Credential | null,
    visitor: Visitor,
    { renews }: { renews: boolean },
  ): Promise<Identity | null> {
    const [identity = null] = credential ? await deps.identify([credential]) : [];
    if (
      credential?.kind === 'cookie' &&
      identity &&
      (renews || identity.prolonged) &&
      identity.expiresAt !== null
    )
      visitor.startSession(credential.secret, identity.expiresAt);
    return identity;
  }

  function refuseCrossSite(request: FastifyRequest, credential: Credential | null): void {
    if (credential?.kind === 'token' || request.method === 'GET' || request.method === 'HEAD') return;
    const { origin, host } = request.headers;
    if (!sameOrigin({ origin, host, publicUrl: deps.publicUrl })) throw new Refusal('cross_site');
  }

  async function answer(name: CallName, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const visitor = visitorOf(request, reply);
    const credential = credentialIn(request);
    refuseCrossSite(request, credential);
    const identity = await identify(credential, visitor, { renews: name === 'workspace.about' });
    if (credential?.kind === 'token' && !identity) throw new Refusal('unauthenticated');
    const by = identity ? callerOf(visitor, identity, null) : visitor;
    const result = await deps.dispatch.call(name, inputOf(calls[name], request), by, 'http');
    const left = deps.limits.left(isCaller(by) ? by.userId : by.address);
    void reply
      .header('ratelimit-limit', left.limit)
      .header('ratelimit-remaining', left.remaining)
      .header('ratelimit-reset', Math.ceil(left.resetMs / 1_000));
    if (result.ok) return result.output;
    return sendError(reply, result.error);
  }

  for (const [name, call] of Object.entries(calls) as [CallName, Call][]) {
    const [method, path] = call.http.split(' ') as ['GET', string];
    fastify.route({
      method,
      url: `/api/v1${path}`,
      handler: (request, reply) => answer(name, request, reply),
    });
  }
  servePictures(fastify, deps, {
    identify: (request, reply) =>
      identify(credentialIn(request), visitorOf(request, reply), { renews: false }),
  });
  const enter: Enter = async (request, reply, scope) => {
    const visitor = visitorOf(request, reply);
    const credential = credentialIn(request);
    refuseCrossSite(request, credential);
    const identity = await identify(credential, visitor, { renews: false });
    if (!identity) throw new Refusal('unauthenticated');
    if (!identity.scopes.includes(scope)) throw new Refusal('forbidden', { needs: `scope ${scope}` });
    deps.limits.take('file.get', identity.userId);
    return callerOf(visitor, identity, null);
  };
  serveBytes(fastify, deps, enter);
  serveOperators(fastify, deps);
  // Before anything is waited for: routes keep the handler that is there when they are begun.
  fastify.setErrorHandler((error, request, reply) =>
    sendError(reply, errorOf(error, deps.dispatch, { path: request.url.slice(0, 200) })),
  );
  await serveUnsubscribing(fastify, { dispatch: deps.dispatch, visitorOf, sendError });
  serveReference(fastify, deps);
  fastify.all('/api/*', (request, reply) =>
    sendError(reply, refusalEnvelope('unknown_call', { path: request.url.slice(0, 200) })),
  );

  return {
    fastify,
    admit(request) {
      const { origin, host } = request.headers;
      const cookies = fastify.parseCookie(request.headers.cookie ?? '');
      const secret = cookies[cookieName];
      if (!sameOrigin({ origin, host, publicUrl: deps.publicUrl }))
        return { status: 403, words: 'Forbidden' };
      const visitor: Visitor = {
        ...whoseDevice(request),
        // There is no reply that a cookie could travel with.
        startSession: nothing,
        endSession: nothing,
      };
      return { visitor, cookie: secret ? { kind: 'cookie', secret } : null };
    },
  };
}

function serveBytes(
  fastify: FastifyInstance,
  { files, previewPictures }: Pick<HttpDeps, 'files' | 'previewPictures'>,
  enter: Enter,
): void {
  serveFiles(fastify, files, enter);
  servePreviews(fastify, previewPictures, enter);
}

/** One for all sockets. */
function nothing(): void {}

function sendError(reply: FastifyReply, error: ErrorEnvelope): FastifyReply {
  const retryAfterMs = error.data['retryAfterMs'];
  if (typeof retryAfterMs === 'number') void reply.header('retry-after', Math.ceil(retryAfterMs / 1_000));
  return reply.code(errors[error.code].status).send(error);
}

/** JSON in strict UTF-8, as it is: compressed bodies and other types are refused, so nothing can swell. */
function acceptOnlyJson(fastify: FastifyInstance): void {
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    if (request.headers['content-encoding'] !== undefined) {
      done(new Refusal('invalid', { path: 'content-encoding', expected: 'none' }));
      return;
    }
    try {
      const text = utf8.decode(body as Buffer);
      done(null, text === '' ? {} : JSON.parse(text));
    } catch {
      done(new Refusal('invalid', { path: '', expected: 'JSON in UTF-8' }));
    }
  });
}

function errorOf(
  error: unknown,
  dispatch: Dispatch,
  context: Readonly<Record<string, unknown>>,
): ErrorEnvelope {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return refusalEnvelope('too_large', { limit: limits.httpBodyBytesMax });
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') {
    return refusalEnvelope('invalid', { path: 'content-type', expected: 'application/json' });
  }
  const status =
    typeof error === 'object' && error !== null && 'statusCode' in error ? error.statusCode : undefined;
  if (typeof status === 'number' && status >= 400 && status < 500)
    return refusalEnvelope('invalid', { path: '' });
  return dispatch.envelope(error, context);
}

/** Pictures are for people who have signed in; their address is the hash of their bytes, so they can be kept for ever. */
function servePictures(
  fastify: FastifyInstance,
  deps: HttpDeps,
  door: { identify: (request: FastifyRequest, reply: FastifyReply) => Promise<Identity | null> },
): void {
  fastify.get<{ Params: { hash: string } }>('/api/v1/images/:hash', async (request, reply) => {
    if (!(await door.identify(request, reply))) throw new Refusal('unauthenticated');
    const { hash } = request.params;
    const bytes = /^[A-Za-z0-9_-]{20,64}$/.test(hash) ? await deps.findPicture(hash) : null;
    if (!bytes) throw new Refusal('not_found', { what: 'picture' });
    return reply
      .type('image/webp')
      .header('cache-control', 'private, max-age=31536000, immutable')
      .send(Buffer.from(bytes));
  });
}

function serveReference(fastify: FastifyInstance, { version }: Pick<HttpDeps, 'version'>): void {
  fastify.get('/api/v1/openapi.json', () => openApi({ version }));
  fastify.get('/api/v1', (_request, reply) =>
    reply.type('text/html; charset=utf-8').send(referencePage(version)),
  );
}

/** Alive, ready, and figures: for balancers and operators. */
function serveOperators(fastify: FastifyInstance, deps: HttpDeps): void {
  fastify.get('/healthz', () => ({ alive: true, version: deps.version, node: deps.nodeName }));
  fastify.get('/readyz', async (request, reply) => {
    if (deps.isCutOff()) {
      reply.hijack();
      request.raw.destroy();
      return reply;
    }
    try {
      await deps.ready();
      return { ready: true };
    } catch (error) {
      return reply.code(503).send({ ready: false, why: error instanceof Error ? error.message : 'unknown' });
    }
  });
  fastify.get('/metrics', async (request, reply) => {
    // For whoever stands beside the node; what came through a balancer came from outside.
    if (request.headers['x-forwarded-for'] !== undefined) throw new Refusal('not_found');
    return reply.type(deps.metrics.contentType).send(await deps.metrics.text());
  });
}
