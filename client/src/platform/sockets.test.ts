import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { WebSocketServer } from 'ws';
import type { Socket, Sockets } from './index.ts';
import { createWebSockets } from './web-sockets.ts';
import { createNodeSockets } from './ws-sockets.ts';

async function listen(): Promise<{ server: WebSocketServer; url: string }> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  return { server, url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/` };
}

let server: WebSocketServer;
let url: string;
beforeAll(async () => {
  ({ server, url } = await listen());
  server.on('connection', (peer) => {
    peer.on('message', (data: Buffer) => {
      const text = data.toString('utf8');
      if (text === 'hang up') peer.terminate();
      else peer.send(`echo ${text}`);
    });
  });
});
afterAll(() => {
  for (const peer of server.clients) peer.terminate();
  server.close();
});

const adapters: Record<string, () => Sockets> = { ws: createNodeSockets };
// Node has had its own since 22; browsers are tried by the browser tests.
if (typeof WebSocket === 'function') adapters['standard'] = () => createWebSockets();

describe.each(Object.entries(adapters))('sockets: %s', (_, create) => {
  function open(to: string): { socket: Socket; told: string[] } {
    const told: string[] = [];
    const socket = create().open(to, {
      opened: () => told.push('opened'),
      message: (text) => told.push(text),
      closed: () => told.push('closed'),
    });
    expect(told).toEqual([]);
    return { socket, told };
  }

  test('opens, carries text both ways and in order, and tells when the other side is gone', async () => {
    const { socket, told } = open(url);
    await vi.waitFor(() => expect(told).toEqual(['opened']));
    for (const text of ['one', 'zw\u00f6lf \u{1f41f}']) socket.send(text);
    await vi.waitFor(() => expect(told).toHaveLength(3));
    socket.send('hang up');
    await vi.waitFor(() => expect(told.at(-1)).toBe('closed'));
    expect(told).toEqual(['opened', 'echo one', 'echo zw\u00f6lf \u{1f41f}', 'closed']);
  });

  test('an attempt that fails is a close, told once', async () => {
    const gone = await listen();
    await new Promise((resolve) => gone.server.close(resolve));
    const { told } = open(gone.url);
    await vi.waitFor(() => expect(told).toEqual(['closed']));
  });

  test('can be closed while it opens and while it is open', async () => {
    const early = open(url);
    early.socket.close();
    const { socket, told } = open(url);
    await vi.waitFor(() => expect(told).toEqual(['opened']));
    socket.close();
    await vi.waitFor(() => expect(server.clients.size).toBe(0));
    expect(early.told).not.toContain('opened');
  });
});
