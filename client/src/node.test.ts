import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { ServerFrame } from '@confab/protocol';
import { expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { connect } from './node.ts';

test('connecting with a token that the server refuses fails with its words', async () => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  const error = { code: 'unauthenticated', message: 'Please sign in.', data: {} } as const;
  const goodbye: ServerFrame = { t: 'goodbye', reason: 'refused', comeBackInMs: null, error };
  const heard: string[] = [];
  server.on('connection', (peer, { url = '' }) => {
    peer.on('message', (data: Buffer) => {
      heard.push(url, data.toString('utf8'));
      peer.send(JSON.stringify(goodbye));
    });
  });
  const { port } = server.address() as AddressInfo;
  const connecting = connect({ url: `http://127.0.0.1:${port}`, token: 'wrong', name: 'bot' });
  await expect(connecting).rejects.toThrow('Please sign in.');
  expect(heard[0]).toBe('/api/v1/socket');
  expect(JSON.parse(heard[1] ?? '')).toMatchObject({ t: 'hello', level: 1, client: 'bot', token: 'wrong' });
  server.close();
});
