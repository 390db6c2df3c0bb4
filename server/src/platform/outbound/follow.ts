import type { Clock } from '../clock/index.ts';
import { OutboundFailure } from './failure.ts';
import type { Guard } from './guard.ts';
import type { OutboundAnswer, OutboundRequest } from './index.ts';

/** One request, one answer: what adapters differ in. */
export type Send = (
  request: Required<Pick<OutboundRequest, 'method' | 'maxBytes' | 'whenLarger'>> & {
    url: URL;
    headers: Record<string, string>;
    body: Uint8Array | string | null;
    signal: AbortSignal;
  },
) => Promise<Omit<OutboundAnswer, 'url'>>;

const redirecting: readonly number[] = [301, 302, 303, 307, 308];
/** What is meant for one site is not carried to another. */
const personal: readonly string[] = ['authorization', 'cookie', 'proxy-authorization'];

/** Asks, in time, and follows redirects, each of which is looked at like the first URL. */
export function createRequest(
  deps: { guard: Guard; clock: Clock },
  send: Send,
): (request: OutboundRequest) => Promise<OutboundAnswer> {
  const { guard, clock } = deps;
  return async (request) => {
    const ended = new AbortController();
    const timer = clock.after(request.timeoutMs, () => ended.abort());
    try {
      return await follow(request, guard, (step) => send({ ...step, signal: ended.signal }));
    } catch (error) {
      if (ended.signal.aborted) throw new OutboundFailure('too-slow', 'it took too long', { cause: error });
      throw error;
    } finally {
      timer.cancel();
    }
  };
}

async function follow(
  request: OutboundRequest,
  guard: Guard,
  send: (step: Omit<Parameters<Send>[0], 'signal'>) => ReturnType<Send>,
): Promise<OutboundAnswer> {
  const { maxBytes, whenLarger = 'refuse' } = request;
  let { method = 'GET', body = null } = request;
  let headers: Record<string, string> = { ...request.headers };
  let url = readUrl(request.url);
  for (let followed = 0; ; followed += 1) {
    guard.check(url);
    const answer = await send({ method, url, headers, body, maxBytes, whenLarger });
    const location = answer.headers['location'];
    if (request.redirects === 0 || location === undefined || !redirecting.includes(answer.status)) {
      return { ...answer, url: url.href };
    }
    if (followed >= request.redirects) throw new OutboundFailure('redirects', 'it redirects too often');
    const next = readUrl(location, url);
    if (next.origin !== url.origin) headers = without(headers, personal);
    if (answer.status < 307 && method !== 'HEAD') {
      method = 'GET';
      body = null;
      headers = without(headers, ['content-type', 'content-encoding', 'content-length']);
    }
    url = next;
  }
}

function readUrl(text: string, base?: URL): URL {
  if (!URL.canParse(text, base?.href)) throw new OutboundFailure('scheme', 'it is no URL');
  return new URL(text, base);
}

function without(headers: Record<string, string>, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name.toLowerCase())));
}

export function isRedirect(status: number): boolean {
  return redirecting.includes(status);
}
