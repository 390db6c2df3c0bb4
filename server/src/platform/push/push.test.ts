import { createPublicKey, verify } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPushBrowser, type PushBrowser } from '../../../../tests/support/push-browser.ts';
import { systemClock } from '../clock/index.ts';
import { createUndiciOutbound } from '../outbound/index.ts';
import { createWebPush, type PushTarget } from './index.ts';

const proxies = { http: null, https: null, except: [] };
const arrived: { headers: IncomingHttpHeaders; body: Buffer }[] = [];
let answer: { status: number; headers?: Record<string, string> } = { status: 201 };
const receiver = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    arrived.push({ headers: request.headers, body: Buffer.concat(parts) });
    response.writeHead(answer.status, answer.headers).end('x'.repeat(100_000));
  });
});
let browser: PushBrowser;
let target: PushTarget;
const allowing = createUndiciOutbound({ clock: systemClock, allow: ['localhost', '127.0.0.1'], proxies });
const guarded = createUndiciOutbound({ clock: systemClock, allow: [], proxies });
const push = createWebPush(allowing);
const keys = await push.makeKeys();
const as = { ...keys, contact: 'https://chat.example.org' };
const message = { topic: 'n1', text: JSON.stringify({ kind: 'direct' }), ttlSeconds: 60 };

beforeAll(async () => {
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  browser = createPushBrowser(`http://127.0.0.1:${(receiver.address() as AddressInfo).port}/send/1`);
  target = { endpoint: browser.endpoint, publicKey: browser.keys.p256dh, secret: browser.keys.auth };
});
afterAll(async () => {
  await Promise.all([allowing.close(), guarded.close()]);
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
});

describe('a push', () => {
  it('arrives at a push service, readable for the browser alone, and signed', async () => {
    expect(await push.send(target, message, as)).toEqual({ kind: 'sent' });
    const [{ headers, body } = { headers: {}, body: Buffer.alloc(0) }] = arrived;
    expect(headers).toMatchObject({
      ttl: '60',
      topic: 'n1',
      urgency: 'high',
      'content-encoding': 'aes128gcm',
    });
    expect(browser.read(body)).toEqual({ kind: 'direct' });
    expect(body.includes('direct')).toBe(false);
    expect(() => createPushBrowser('https://push.example.org').read(body)).toThrow();
    const [, token = '', key = ''] = /^vapid t=([^,]+), ?k=(.+)$/.exec(headers.authorization ?? '') ?? [];
    expect(key).toBe(keys.publicKey);
    const [head = '', claims = '', signature = ''] = token.split('.');
    const point = Buffer.from(key, 'base64url');
    const jwk = {
      kty: 'EC',
      crv: 'P-256',
      x: point.subarray(1, 33).toString('base64url'),
      y: point.subarray(33).toString('base64url'),
    };
    const isSigned = verify(
      'sha256',
      Buffer.from(`${head}.${claims}`),
      { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' },
      Buffer.from(signature, 'base64url'),
    );
    expect(isSigned).toBe(true);
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
      aud: new URL(target.endpoint).origin,
      sub: 'https://chat.example.org',
    });
  });

  it.each([
    [{ status: 404 }, { kind: 'gone' }],
    [{ status: 410 }, { kind: 'gone' }],
    [{ status: 403 }, { kind: 'refused', reason: 'the push service answered 403' }],
    [{ status: 302, headers: { location: 'http://127.0.0.1:1/' } }, { kind: 'refused' }],
    [{ status: 500 }, { kind: 'later', afterMs: 0 }],
    [
      { status: 429, headers: { 'retry-after': '30' } },
      { kind: 'later', afterMs: 30_000 },
    ],
    [
      { status: 503, headers: { 'retry-after': '999999999' } },
      { kind: 'later', afterMs: 3_600_000 },
    ],
    [
      { status: 503, headers: { 'retry-after': 'soon' } },
      { kind: 'later', afterMs: 0 },
    ],
  ])('%j is %j', async (given, expected) => {
    answer = given;
    expect(await push.send(target, message, as)).toMatchObject(expected);
  });

  it('goes nowhere inside that no operator allowed', async () => {
    const before = arrived.length;
    expect(await createWebPush(guarded).send(target, message, as)).toMatchObject({ kind: 'refused' });
    expect(arrived).toHaveLength(before);
  });

  it('is tried later where nobody answers', async () => {
    const away = { ...target, endpoint: 'http://127.0.0.1:9/nobody' };
    expect(await push.send(away, message, as)).toMatchObject({ kind: 'later' });
  });

  it('refuses targets that are none', async () => {
    const right = { ...target, endpoint: 'https://push.example.org/1' };
    expect(await push.complaintAbout(right)).toBeNull();
    for (const endpoint of [
      '',
      'push',
      'ftp://a/b',
      'javascript:1',
      'https://a:b@example.org/',
      'https://a/#b',
    ]) {
      expect(await push.complaintAbout({ ...right, endpoint }), endpoint).toContain('address');
    }
    for (const wrong of [{ publicKey: 'A'.repeat(87) }, { secret: 'AAAA' }]) {
      expect(await push.complaintAbout({ ...right, ...wrong })).toContain('keys');
    }
  });
});
