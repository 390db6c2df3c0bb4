import { calls } from '@confab/protocol';
import { expect, test } from 'vitest';
import { createHttp, httpPaths } from './http.ts';

const answering = (status: number, body: string) => {
  const asked: [string, RequestInit | undefined][] = [];
  const http = createHttp({
    fetch: async (input, init) => {
      asked.push([input as string, init]);
      return new Response(body, { status });
    },
  });
  return { http, asked };
};

test('the paths are those of the protocol', () => {
  for (const [name, path] of Object.entries(httpPaths)) {
    expect(path).toBe(calls[name as keyof typeof httpPaths].http);
  }
});

test('path parameters go into the path, the rest into the body', async () => {
  const looked = answering(200, '{"workspaceName":"A","invitedBy":"B"}');
  await expect(looked.http.call('invitation.look', { secret: 'a/b' })).resolves.toMatchObject({
    workspaceName: 'A',
  });
  expect(looked.asked[0]?.[0]).toBe('/api/v1/invitation-links/a%2Fb');

  const signedIn = answering(200, '{}');
  await signedIn.http.call('session.signIn', { email: 'a@b', password: 'c' });
  expect(signedIn.asked[0]?.[1]).toMatchObject({ method: 'POST', body: '{"email":"a@b","password":"c"}' });
});

test('what the server refuses is refused here', async () => {
  const refused = answering(410, '{"code":"gone","message":"Used up.","data":{}}');
  await expect(refused.http.call('invitation.look', { secret: 'x' })).rejects.toMatchObject({ code: 'gone' });
});

test('no answer, or none of ours, is unavailable', async () => {
  for (const { http } of [answering(502, '<html>'), answering(502, '{"code":"constructor"}')]) {
    await expect(http.call('workspace.about', {})).rejects.toMatchObject({ code: 'unavailable' });
  }
});
