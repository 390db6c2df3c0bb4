import { calls, type CallName, type ErrorEnvelope, type Input, type Output } from '@confab/protocol';
import { systemClock } from '@confab/client';
import { inTime } from './in-time.ts';

export type Credentials = { readonly token: string } | { readonly cookie: string } | null;

/** The API over HTTP, as somebody. */
export interface Door {
  /**
   * What only reads is asked again for a while when it fails.
   * @throws Refusal what the server said; any other Error when it did not answer in time or not at all
   */
  call<Name extends CallName>(name: Name, input: Input<Name>): Promise<Output<Name>>;
  /** The same, with the cookie that came along. */
  enter<Name extends CallName>(
    name: Name,
    input: Input<Name>,
  ): Promise<{ output: Output<Name>; cookie: string }>;
}

export class Refusal extends Error {
  readonly code: string;
  readonly isRetryable: boolean;

  constructor(name: string, status: number, error: Partial<ErrorEnvelope>) {
    super(`${name} was refused with ${status}: ${error.message ?? error.code ?? 'no reason given'}`);
    this.code = error.code ?? 'internal';
    this.isRetryable = status === 429 || status >= 500;
  }
}

/** @param url of the server, without a path */
export function openDoor(url: string, credentials: Credentials): Door {
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (credentials && 'token' in credentials) headers['authorization'] = `Bearer ${credentials.token}`;
  if (credentials && 'cookie' in credentials) headers['cookie'] = credentials.cookie;

  async function enter<Name extends CallName>(name: Name, input: Input<Name>) {
    const { method, path, rest } = addressOf(calls[name].http, input as Record<string, unknown>);
    const query = method === 'GET' ? `?${new URLSearchParams(rest as Record<string, string>)}` : '';
    const response = await fetch(new URL(`/api/v1${path}${query}`, url), {
      method,
      headers,
      ...(method === 'GET' ? {} : { body: JSON.stringify(rest) }),
      signal: inTime(),
    });
    const body: unknown = await response.json();
    if (!response.ok)
      throw new Refusal(name, response.status, (body as { error?: ErrorEnvelope }).error ?? {});
    const cookie = response.headers
      .getSetCookie()
      .map((one) => one.split(';', 1)[0])
      .join('; ');
    return { output: body as Output<Name>, cookie };
  }

  return {
    enter,
    async call(name, input) {
      const ask = async () => (await enter(name, input)).output;
      return calls[name].http.startsWith('GET ') ? askAgain(ask) : ask();
    },
  };
}

/** A connection that was kept for the next question may have died with a balancer; a node may be busy for a moment. */
const triesMax = 10;
const pauseMs = 1_000;

/** For what only reads: asks for a while until there is an answer. */
export async function askAgain<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await ask();
    } catch (error) {
      const isFinal = error instanceof Refusal && !error.isRetryable;
      if (isFinal || tries === triesMax) throw error;
    }
    await new Promise<void>((resolve) => systemClock.after(pauseMs, resolve));
  }
}

/** `POST /rooms/:roomId/join` with the room put into its place, and what is left for the body or the query. */
export function addressOf(http: string, input: Readonly<Record<string, unknown>>) {
  const [method = 'GET', template = '/'] = http.split(' ', 2);
  const rest = { ...input };
  const path = template.replaceAll(/:(\w+)/g, (_, field: string) => {
    const value = rest[field];
    delete rest[field];
    return encodeURIComponent(String(value));
  });
  return { method, path, rest };
}
