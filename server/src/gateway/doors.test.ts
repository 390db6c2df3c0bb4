/** The doors under hostile input: each a refusal with a clear code, nothing kept, nothing leaked. */
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { createTestDatabase, type TestDatabase } from '../../../tests/support/test-database.ts';
import { seedPeople, seedRoom, type SeededPerson } from '../../../tests/support/seed.ts';
import { testPlatform, testSettings } from '../../../tests/support/platform.ts';
import { createApp, type App } from '../app.ts';
import { sql } from '../kit/sql.ts';

let db: TestDatabase;
let app: App;
let origin: string;
let alice: SeededPerson;
let bob: SeededPerson;
let roomId: string;

beforeAll(async () => {
  db = await createTestDatabase();
  app = await createApp(testPlatform(db.database), testSettings);
  origin = `http://127.0.0.1:${await app.listen({ host: '127.0.0.1', port: 0 })}`;
  [alice, bob] = (await seedPeople(db.database, 2, { handles: ['alice', 'bob'] })) as [
    SeededPerson,
    SeededPerson,
  ];
  roomId = await seedRoom(db.database, [alice], { kind: 'private' });
});

afterAll(async () => {
  await app.close();
  await db.close();
});

interface Answer {
  status: number;
  body: { code?: string; data?: Record<string, unknown>; incidentId?: string } & Record<string, unknown>;
  headers: Headers;
}

async function ask(
  method: string,
  path: string,
  options: { token?: string; body?: unknown; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const { token, body, headers = {} } = options;
  const response = await fetch(`${origin}${path}`, {
    method,
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined
      ? {}
      : {
          body: typeof body === 'string' || Buffer.isBuffer(body) ? (body as string) : JSON.stringify(body),
        }),
  });
  return {
    status: response.status,
    body: (await response.json()) as Answer['body'],
    headers: response.headers,
  };
}

const send = (text: unknown, more: object = {}) => ({ clientId: 'client-id-1', text, ...more });

async function countMessages(): Promise<number> {
  const [row] = await db.database.rows<{ n: number }>(
    sql`select count(*)::int as n from messages where room_id = ${roomId}`,
  );
  return row?.n ?? -1;
}

describe('HTTP', () => {
  test('a person with a token can post and read', async () => {
    const sent = await ask('POST', `/api/v1/rooms/${roomId}/messages`, {
      token: alice.token,
      body: send('hello', { clientId: 'first-message' }),
    });
    expect(sent.status).toBe(200);
    expect(sent.headers.get('ratelimit-limit')).toBeTruthy();
    const page = await ask('GET', `/api/v1/rooms/${roomId}/messages?limit=5`, { token: alice.token });
    expect(page.body).toMatchObject({ messages: [{ text: 'hello' }] });
    const again = await ask('POST', `/api/v1/rooms/${roomId}/messages`, {
      token: alice.token,
      body: send('other', { clientId: 'first-message' }),
    });
    expect(again.body).toEqual(sent.body);
  });

  test.each<[string, unknown]>([
    ['too long', send('x'.repeat(12_001))],
    ['of the wrong type', send(['a'])],
    ['empty', send('')],
    ['blank', send(' \n ')],
    ['with NUL', send('a\u0000b')],
    ['with control characters', send('a\u0007b')],
    ['with a lone surrogate', '{"clientId":"client-id-1","text":"\\ud800"}'],
    ['with unknown fields', send('a', { admin: true })],
    ['with a forged prototype', '{"clientId":"client-id-1","text":"a","__proto__":{"x":1}}'],
    ['with a short client id', send('a', { clientId: 'x' })],
    ['with no JSON', '{"text":'],
    ['with a list for a body', '[1,2,3]'],
    ['with broken UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])],
  ])('a message %s is invalid', async (_name, body) => {
    const before = await countMessages();
    const answer = await ask('POST', `/api/v1/rooms/${roomId}/messages`, { token: alice.token, body });
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid' } });
    expect(await countMessages()).toBe(before);
  });

  test('a compressed body is refused, so that nothing can swell', async () => {
    const bomb = gzipSync(Buffer.alloc(1_000_000, ' '));
    const answer = await ask('POST', `/api/v1/rooms/${roomId}/messages`, {
      token: alice.token,
      body: bomb,
      headers: { 'content-encoding': 'gzip' },
    });
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid' } });
  });

  test('a body over the limit is too large', async () => {
    const answer = await ask('POST', `/api/v1/rooms/${roomId}/messages`, {
      token: alice.token,
      body: send('x'.repeat(3_100_000)),
    });
    expect(answer).toMatchObject({ status: 413, body: { code: 'too_large' } });
  });

  test('another person’s room, a room that does not exist and a forged id cannot be told apart', async () => {
    const answers = await Promise.all(
      [roomId, '999999999', '1'].map((id) =>
        ask('GET', `/api/v1/rooms/${id}/messages`, { token: bob.token }),
      ),
    );
    for (const answer of answers) expect(answer).toMatchObject({ status: 404, body: { code: 'not_found' } });
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(await ask('GET', '/api/v1/rooms/x%27%20or%201=1/messages', { token: bob.token })).toMatchObject({
      body: { code: 'invalid' },
    });
    expect(
      await ask('GET', '/api/v1/rooms/99999999999999999999/messages', { token: bob.token }),
    ).toMatchObject({ status: 400 });
  });

  test('no token, a wrong token and a revoked token are unauthenticated', async () => {
    const [third] = await seedPeople(db.database, 1);
    await db.database.rows(
      sql`update tokens set expires_at = now() - interval '1 second' where user_id = ${third?.userId ?? ''}`,
    );
    for (const token of [undefined, 'cft_wrong', third?.token]) {
      const answer = await ask('GET', '/api/v1/me/rooms', token === undefined ? {} : { token });
      expect(answer).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
    }
  });

  test('a token without the scope may not write, and no token administers for a member', async () => {
    await db.database.rows(sql`update tokens set scopes = '{read}' where user_id = ${bob.userId}`);
    const write = await ask('POST', `/api/v1/rooms`, {
      token: bob.token,
      body: { clientId: 'client-id-9', kind: 'public', name: 'nope' },
    });
    expect(write).toMatchObject({ status: 403, body: { code: 'forbidden', data: { needs: 'scope write' } } });
    await db.database.rows(
      sql`update tokens set scopes = '{read,write,admin}' where user_id = ${bob.userId}`,
    );
    expect(await ask('GET', '/api/v1/accounts', { token: bob.token })).toMatchObject({
      status: 403,
      body: { code: 'forbidden' },
    });
  });

  test('a request of another site’s page is refused', async () => {
    const setUp = { workspaceName: 'x', name: 'x', email: 'x@y.example', password: 'long enough to be one' };
    for (const foreign of ['https://evil.example', 'null', `http://127.0.0.1.evil.example`]) {
      const answer = await ask('POST', '/api/v1/set-up', { body: setUp, headers: { origin: foreign } });
      expect(answer).toMatchObject({ status: 403, body: { code: 'cross_site' } });
    }
  });

  test('an unknown address and an unknown method are unknown calls', async () => {
    for (const [method, path] of [
      ['GET', '/api/v1/nothing'],
      ['PUT', '/api/v1/rooms'],
      ['GET', '/api/v2/rooms'],
    ] as const) {
      expect(await ask(method, path, { token: alice.token })).toMatchObject({
        status: 404,
        body: { code: 'unknown_call' },
      });
    }
  });

  test('a million mentions and deep Markdown are read in bounded work', async () => {
    const texts = ['@alice '.repeat(1_700), '> '.repeat(5_900), '*'.repeat(11_999), '[['.repeat(5_900)];
    for (const [index, text] of texts.entries()) {
      const answer = await ask('POST', `/api/v1/rooms/${roomId}/messages`, {
        token: alice.token,
        body: send(text, { clientId: `hostile-${index}` }),
      });
      expect(answer.status, text.slice(0, 10)).toBe(200);
    }
  });

  test('pictures are for people who have signed in', async () => {
    expect((await fetch(`${origin}/api/v1/images/abcdefghijklmnopqrstuvwxyz`)).status).toBe(401);
    const headers = { authorization: `Bearer ${alice.token}` };
    for (const hash of ['abcdefghijklmnopqrstuvwxyz', '..%2f..%2fetc%2fpasswd', 'x'.repeat(500)]) {
      expect((await fetch(`${origin}/api/v1/images/${hash}`, { headers })).status).toBe(404);
    }
  });

  test('operators find health and figures; through a balancer figures are hidden', async () => {
    expect((await fetch(`${origin}/healthz`)).status).toBe(200);
    expect((await fetch(`${origin}/readyz`)).status).toBe(200);
    expect(await (await fetch(`${origin}/metrics`)).text()).toContain('confab_call_seconds');
    expect((await fetch(`${origin}/metrics`, { headers: { 'x-forwarded-for': '1.2.3.4' } })).status).toBe(
      404,
    );
  });

  test('the reference describes every call', async () => {
    const page = await (await fetch(`${origin}/api/v1`)).text();
    const api = (await (await fetch(`${origin}/api/v1/openapi.json`)).json()) as {
      openapi: string;
      paths: object;
    };
    expect(page).toContain('message.send');
    expect(api.openapi).toBe('3.1.0');
    expect(Object.keys(api.paths)).toContain('/api/v1/rooms/{roomId}/messages');
  });
});

interface Frame {
  t: string;
  [field: string]: unknown;
}

/** A socket that keeps what it hears; `next` waits for a frame of a kind. */
async function openSocket(options: { headers?: Record<string, string> } = {}) {
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/api/v1/socket`, {
    headers: options.headers ?? {},
  });
  const heard: Frame[] = [];
  let wake: () => void = () => {};
  let closeCode: number | null = null;
  socket.on('message', (data: Buffer) => {
    heard.push(JSON.parse(data.toString()) as Frame);
    wake();
  });
  socket.on('close', (code) => {
    closeCode = code;
    wake();
  });
  socket.on('error', () => {});
  await new Promise((resolve) => socket.once('open', resolve));
  const until = async <Value>(find: () => Value | null | undefined): Promise<Value> => {
    for (;;) {
      const found = find();
      if (found !== null && found !== undefined) return found;
      await new Promise<void>((resolve) => (wake = resolve));
    }
  };
  return {
    say: (frame: unknown) => socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame)),
    raw: socket,
    next: (kind: string) => until(() => heard.find(({ t }) => t === kind)),
    closed: () => until(() => closeCode),
    close: () => socket.close(),
  };
}

const hello = (token?: string) => ({ t: 'hello', level: 1, client: 'test', ...(token ? { token } : {}) });

describe('sockets', () => {
  test.each<[string, unknown, string]>([
    ['anything before hello', { t: 'ping' }, 'unauthenticated'],
    ['no JSON', 'hello?', 'invalid'],
    ['an unknown frame', { t: 'dance' }, 'invalid'],
    ['a hello with unknown fields', { ...hello(), admin: true }, 'invalid'],
    ['a hello without credential', hello(), 'unauthenticated'],
    ['a forged token', hello('cft_forged'), 'unauthenticated'],
    ['a level from the future', { ...hello(), level: 99 }, 'level_unsupported'],
  ])('%s ends the connection with a reason', async (_name, frame, code) => {
    const socket = await openSocket();
    socket.say(frame);
    expect(await socket.next('goodbye')).toMatchObject({ reason: 'refused', error: { code } });
    expect(await socket.closed()).toBe(1008);
  });

  test('a page of another site cannot open a socket', async () => {
    const socket = new WebSocket(`${origin.replace('http', 'ws')}/api/v1/socket`, {
      headers: { origin: 'https://evil.example' },
    });
    const status = await new Promise((resolve) =>
      socket.on('unexpected-response', (_request, response) => resolve(response.statusCode)),
    );
    expect(status).toBe(403);
  });

  test('frames that are too large, binary, or not UTF-8 end the connection', async () => {
    const large = await openSocket();
    large.say('x'.repeat(300_000));
    expect(await large.closed()).toBe(1009);
    const binary = await openSocket();
    binary.raw.send(Buffer.from([1, 2, 3]));
    expect(await binary.closed()).toBe(1003);
    const broken = await openSocket();
    broken.raw.send(Buffer.from([0xff, 0xfe]), { binary: false });
    expect(await broken.closed()).toBe(1007);
  });

  test('a socket that is reset in the middle of its greeting harms nobody', async () => {
    const { port } = new URL(origin);
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), '127.0.0.1', () => {
        socket.write(
          'GET /api/v1/socket HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n',
        );
        socket.resetAndDestroy();
      });
      socket.on('error', () => {});
      socket.on('close', () => resolve());
    });
    expect((await fetch(`${origin}/healthz`)).status).toBe(200);
  });

  test('calls are answered by their ref; HTTP-only calls and unknown ones are unknown', async () => {
    const socket = await openSocket();
    socket.say(hello(alice.token));
    expect(await socket.next('welcome')).toMatchObject({ userId: alice.userId, level: 1 });
    socket.say({ t: 'call', ref: 7, name: 'room.mine', input: {} });
    expect(await socket.next('reply')).toMatchObject({
      ref: 7,
      output: { rooms: [{ room: { id: roomId } }] },
    });
    socket.say({ t: 'call', ref: 8, name: 'session.signIn', input: {} });
    expect(await socket.next('refused')).toMatchObject({ ref: 8, error: { code: 'unknown_call' } });
    socket.close();
  });

  test('frames that come with hello wait until it is known who speaks', async () => {
    const socket = await openSocket();
    socket.say(hello(alice.token));
    socket.say({ t: 'call', ref: 1, name: 'room.mine', input: {} });
    expect(await socket.next('reply')).toMatchObject({ ref: 1 });
    socket.close();
    const flood = await openSocket();
    flood.say(hello(alice.token));
    for (let n = 0; n < 500; n += 1) flood.say({ t: 'ping' });
    expect(await flood.next('goodbye')).toMatchObject({ error: { code: 'too_many' } });
  });

  test('a room of others cannot be watched', async () => {
    const socket = await openSocket();
    socket.say(hello(bob.token));
    await socket.next('welcome');
    socket.say({ t: 'watch', watch: { roomId, epoch: 1, after: 0 } });
    expect(await socket.next('unwatched')).toMatchObject({ roomId, code: 'not_found' });
    socket.close();
  });

  test('a token that is revoked ends what hangs on it', async () => {
    const [person] = await seedPeople(db.database, 1);
    const socket = await openSocket();
    socket.say(hello(person?.token));
    await socket.next('welcome');
    socket.say({ t: 'follow', follow: { epoch: 1, workspace: 0, user: 0, since: 0 } });
    await socket.next('badges');
    const { body } = await ask('GET', '/api/v1/tokens', { token: person?.token ?? '' });
    const [token] = body['tokens'] as { id: string }[];
    await ask('DELETE', `/api/v1/tokens/${token?.id}`, { token: person?.token ?? '' });
    expect(await socket.next('goodbye')).toMatchObject({ reason: 'signed_out', comeBackInMs: null });
    await socket.closed();
  });
});
