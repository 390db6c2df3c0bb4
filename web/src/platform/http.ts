import type { ErrorEnvelope, Input, Output } from '@confab/protocol';
import { Refused } from '@confab/client';
import { errors } from '@confab/protocol/errors';

/** Calls that set or end the session cookie, come before it, or are larger than a frame. The rest goes over the socket. */
export const httpPaths = {
  'workspace.about': 'GET /about',
  'workspace.setUp': 'POST /set-up',
  'session.signIn': 'POST /session',
  'session.signUp': 'POST /sign-up',
  'session.signOut': 'DELETE /session',
  'password.useReset': 'POST /password-reset',
  'password.forgot': 'POST /password-forgotten',
  'missedMail.unsubscribe': 'POST /missed-mail/unsubscribe',
  'invitation.look': 'GET /invitation-links/:secret',
  'user.setPicture': 'PUT /me/picture',
  'emoji.add': 'POST /emoji',
} as const;

export type HttpCallName = keyof typeof httpPaths;

export interface Http {
  /** Rejects with `Refused`: the server's own, or `unavailable` when it could not be asked. */
  call<Name extends HttpCallName>(name: Name, input: Input<Name>): Promise<Output<Name>>;
}

export function createHttp(deps: { fetch: typeof fetch }): Http {
  async function ask(name: HttpCallName, input: object): Promise<unknown> {
    const [method = 'GET', path = ''] = httpPaths[name].split(' ');
    const rest: Record<string, unknown> = { ...input };
    const filled = path.replaceAll(/:(\w+)/g, (_, key: string) => {
      const value = String(rest[key]);
      delete rest[key];
      return encodeURIComponent(value);
    });
    const body = method === 'GET' ? {} : { body: JSON.stringify(rest) };
    const headers = method === 'GET' ? {} : { headers: { 'content-type': 'application/json' } };
    const response = await deps.fetch(`/api/v1${filled}`, { method, ...headers, ...body });
    const answer: unknown = await response.json();
    if (response.ok) return answer;
    throw new Refused(isEnvelope(answer) ? answer : unavailable);
  }

  return {
    async call<Name extends HttpCallName>(name: Name, input: Input<Name>) {
      try {
        // The server answers as the protocol says for this name.
        return (await ask(name, input)) as Output<Name>;
      } catch (error) {
        throw error instanceof Refused ? error : new Refused(unavailable);
      }
    },
  };
}

const unavailable: ErrorEnvelope = { code: 'unavailable', message: errors.unavailable.text, data: {} };

export function isEnvelope(answer: unknown): answer is ErrorEnvelope {
  return (
    typeof answer === 'object' &&
    answer !== null &&
    'code' in answer &&
    typeof answer.code === 'string' &&
    Object.hasOwn(errors, answer.code)
  );
}
