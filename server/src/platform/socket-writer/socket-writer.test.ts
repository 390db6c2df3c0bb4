import { existsSync } from 'node:fs';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { socketWriterFile } from '../../program.ts';
import { onceWritten, openSocketWriter, plainWriter, type SocketWriter } from './index.ts';

const native = openSocketWriter(socketWriterFile);

let server: Server;
/** Near: the ends that are written to. Far: their peers. */
let near: Socket[];
let far: Socket[];

beforeEach(async () => {
  server = createServer({ pauseOnConnect: false });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  near = [];
  far = [];
});

afterEach(async () => {
  for (const socket of [...near, ...far]) socket.destroy();
  await new Promise((resolve) => server.close(resolve));
});

async function openPairs(count: number): Promise<void> {
  const { port } = server.address() as AddressInfo;
  for (let index = 0; index < count; index += 1) {
    const accepted = once(server, 'connection') as Promise<[Socket]>;
    far.push(connect({ port, host: '127.0.0.1' }));
    const [socket] = await accepted;
    near.push(socket.on('error', () => {}));
  }
}

function receive(socket: Socket, bytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  return new Promise((resolve) => {
    socket.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      length += chunk.length;
      if (length >= bytes) resolve(Buffer.concat(chunks).toString());
    });
  });
}

const writers: readonly SocketWriter[] = native.name === 'native' ? [plainWriter, native] : [plainWriter];

describe.each(writers)('$name', (writer) => {
  test('each socket gets the bytes, more of them than go in one call', async () => {
    await openPairs(1_030);
    const received = far.map((socket) => receive(socket, 5));
    writer.write(near, Buffer.from('hello'));
    expect(new Set(await Promise.all(received))).toEqual(new Set(['hello']));
  });

  test('what Node was given for a socket before and after keeps its place', async () => {
    await openPairs(2);
    const first = far.map((socket) => receive(socket, 9));
    near[0]?.write('one');
    writer.write(near, Buffer.from('two'));
    for (const socket of near) socket.write('six');
    near[1]?.write('end');
    expect(await Promise.all(first)).toEqual(['onetwosix', 'twosixend']);
  });

  test('a reader that takes nothing gets all of it later, in order', async () => {
    await openPairs(1);
    const [socket] = near;
    if (!socket) throw new Error('no socket');
    const letters = 'abcdefghijklmnopqrstuvwxyz';
    const sent = Array.from({ length: 200 }, (_, index) => letters.charAt(index % 26).repeat(65_536));
    for (const text of sent) writer.write([socket], Buffer.from(text));
    expect(socket.writableLength).toBeGreaterThan(0);
    const received = receive(far[0] as Socket, 200 * 65_536);
    expect((await received) === sent.join('')).toBe(true);
  });

  test('says when a small rest has gone that Node holds, and when there is none', async () => {
    await openPairs(1);
    const [socket] = near as [Socket];
    await new Promise<void>((resolve) => onceWritten(socket, resolve));
    let bytes = 0;
    for (; socket.writableLength === 0; bytes += 1_000) writer.write([socket], Buffer.alloc(1_000, 'x'));
    expect(socket.writableNeedDrain).toBe(false);
    const written = new Promise<void>((resolve) => onceWritten(socket, resolve));
    await receive(far[0] as Socket, bytes);
    await written;
    expect(socket.writableLength).toBe(0);
  });

  test('says so of a socket that went before its rest did', async () => {
    await openPairs(1);
    const [socket] = near as [Socket];
    while (socket.writableLength === 0) writer.write([socket], Buffer.alloc(1_000, 'x'));
    const written = new Promise<void>((resolve) => onceWritten(socket, resolve));
    socket.destroy();
    await written;
  });

  test('sockets that are gone, here or at the other end, are let be', async () => {
    await openPairs(3);
    const [gone, left, there] = near as [Socket, Socket, Socket];
    gone.destroy();
    const noticed = new Promise<void>((resolve) => left.on('close', () => resolve()));
    far[1]?.resetAndDestroy();
    const received = receive(far[2] as Socket, 10);
    for (let count = 0; count < 2; count += 1) writer.write([gone, left, there], Buffer.from('hello'));
    expect(await received).toBe('hellohello');
    await noticed;
    writer.write([left], Buffer.from('hello'));
  });
});

test('where the add-on is missing or is none, Node writes', () => {
  expect(openSocketWriter('/nowhere/socket-writer.node').name).toBe('plain');
  expect(openSocketWriter(import.meta.filename).name).toBe('plain');
});

test('the add-on that was built is used', () => {
  expect(native.name).toBe(existsSync(socketWriterFile) ? 'native' : 'plain');
});
