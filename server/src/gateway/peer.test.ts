/** Who asks, at both doors: a forged X-Forwarded-For counts for nothing unless a balancer of ours wrote it. */
import { calls } from '@confab/protocol';
import { afterEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { createMemoryBus } from '../platform/bus/index.ts';
import { systemClock } from '../platform/clock/index.ts';
import { createMemoryLog } from '../platform/log/index.ts';
import type { Connection } from './connection.ts';
import { refusalEnvelope } from './dispatch.ts';
import { createHttpDoor } from './http.ts';
import { createMetrics } from './metrics.ts';
import { createPeerAddress } from './peer.ts';
import { createRateLimits } from './rate-limits.ts';
import { plainWriter } from '../platform/socket-writer/index.ts';
import { serveSockets } from './websocket.ts';

let close: () => Promise<void> = () => Promise.resolve();
afterEach(() => close());

const nobody = (): Promise<never> => Promise.reject(new Error('nobody comes here for files'));

/** Both doors on a port, with a list of the addresses that were seen there. */
async function openDoors(trustedProxies: readonly string[]) {
  const http: string[] = [];
  const sockets: string[] = [];
  const door = await createHttpDoor({
    trustedProxies,
    publicUrl: null,
    version: 'test',
    nodeName: 'north',
    isCutOff: () => false,
    files: { take: nobody, open: nobody, openThumbnail: nobody },
    previewPictures: { open: nobody },
    identify: () => Promise.resolve([]),
    limits: createRateLimits({
      clock: systemClock,
      bus: createMemoryBus({ log: createMemoryLog() }),
      nodeId: 'north',
      callsPerMinute: 1_000,
      sendsPerMinute: 1_000,
    }),
    metrics: createMetrics({
      connections: () => 0,
      feeds: () => ({ feeds: 0, lag: 0 }),
      sendsWaiting: () => 0,
      readersBehind: () => Promise.resolve([]),
    }),
    dispatch: {
      call: (_name, _input, { address }) => {
        http.push(address);
        return Promise.resolve({ ok: true, output: {} });
      },
      envelope: () => refusalEnvelope('internal', {}),
      drain() {},
      idle: () => Promise.resolve(),
    },
    ready: () => Promise.resolve(),
    findPicture: () => Promise.resolve(null),
  });
  const served = serveSockets(door.fastify.server, {
    clock: systemClock,
    writer: plainWriter,
    admit: door.admit,
    open(transport, { visitor }) {
      sockets.push(visitor.address);
      transport.close(1000, 'seen');
      // All that the socket door asks of a connection.
      return { receive() {}, lost() {} } as unknown as Connection;
    },
  });
  const url = await door.fastify.listen({ host: '127.0.0.1', port: 0 });
  close = async () => {
    await served.close();
    await door.fastify.close();
  };
  return {
    async knock(forwarded: string): Promise<{ http: string | undefined; socket: string | undefined }> {
      const headers = { 'x-forwarded-for': forwarded };
      const [method, path] = calls['workspace.about'].http.split(' ');
      await fetch(`${url}/api/v1${path}`, { method: method ?? 'GET', headers });
      const socket = new WebSocket(`${url.replace('http', 'ws')}/api/v1/socket`, { headers });
      await new Promise((resolve) => socket.once('close', resolve));
      return { http: http.at(-1), socket: sockets.at(-1) };
    },
  };
}

test('an untrusted peer cannot say that it is somebody else', async () => {
  for (const trusted of [[], ['10.0.0.0/8', '::1']]) {
    const doors = await openDoors(trusted);
    for (const forged of ['203.0.113.9', '203.0.113.9, 10.0.0.1', '::1']) {
      expect(await doors.knock(forged)).toEqual({ http: '127.0.0.1', socket: '127.0.0.1' });
    }
    await close();
  }
});

test('a balancer of ours says who came; what the caller wrote before it is not believed', async () => {
  const doors = await openDoors(['127.0.0.0/8', '10.1.2.3', '2001:db8::/32']);
  const seen = async (forwarded: string): Promise<string | undefined> => {
    const { http, socket } = await doors.knock(forwarded);
    expect(http).toBe(socket);
    return http;
  };
  expect(await seen('198.51.100.7')).toBe('198.51.100.7');
  expect(await seen('203.0.113.9, 198.51.100.7')).toBe('198.51.100.7');
  expect(await seen('203.0.113.9, 198.51.100.7, 10.1.2.3')).toBe('198.51.100.7');
  expect(await seen('198.51.100.7:51234')).toBe('198.51.100.7');
  expect(await seen('2001:db9::5, 2001:db8::1')).toBe('2001:db9::5');
  expect(await seen('[2001:db9::5]:443')).toBe('2001:db9::5');
  expect(await seen('203.0.113.9, unknown')).toBe('127.0.0.1');
  expect(await seen('')).toBe('127.0.0.1');
});

test('IPv4 in the clothes of IPv6 is IPv4', () => {
  const peerAddress = createPeerAddress(['10.0.0.0/8']);
  const request = (remoteAddress: string) =>
    ({ socket: { remoteAddress }, headers: { 'x-forwarded-for': '198.51.100.7' } }) as never;
  expect(peerAddress(request('::ffff:10.0.0.9'))).toBe('198.51.100.7');
  expect(peerAddress(request('::ffff:192.0.2.1'))).toBe('192.0.2.1');
});
