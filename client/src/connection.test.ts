import type { ServerFrame } from '@confab/protocol';
import { limits } from '@confab/protocol/limits';
import { expect, test } from 'vitest';
import { createCalls } from './calls.ts';
import { createConnection, type ConnectionState } from './connection.ts';
import type { SocketListener } from './platform/index.ts';
import { createFakeClock, createFakeRandom } from './testing/fake-clock.ts';

const { heartbeatMs, heartbeatTimeoutMs } = limits;
const welcome: ServerFrame = {
  t: 'welcome',
  level: 1,
  epoch: 1,
  userId: '7',
  node: 'a',
  version: '0',
  at: 0,
  heartbeatMs,
};

/** A connection whose other end the test holds in its hand. */
function createLink() {
  const clock = createFakeClock();
  const opened: { listener: SocketListener; sent: string[]; isClosed: boolean }[] = [];
  const states: string[] = [];
  const connection = createConnection({
    url: 'ws://chat',
    clock,
    random: createFakeRandom(1),
    sockets: {
      open(_, listener) {
        const socket = { listener, sent: [] as string[], isClosed: false };
        opened.push(socket);
        return {
          send: (text) => socket.sent.push((JSON.parse(text) as { t: string }).t),
          close() {
            socket.isClosed = true;
          },
        };
      },
    },
    hello: () => ({ client: 'test' }),
    onState: ({ name }: ConnectionState) => states.push(name),
    onFrame: (frame) => heard.push(frame.t),
  });
  const heard: string[] = [];
  const last = () => {
    const socket = opened.at(-1);
    if (!socket) throw new Error('nothing was opened');
    return socket;
  };
  const say = (frame: ServerFrame) => last().listener.message(JSON.stringify(frame));
  const greet = () => {
    last().listener.opened();
    say(welcome);
  };
  return { clock, connection, opened, states, heard, last, say, greet };
}

test('goes from offline to live and says hello first', () => {
  const { connection, states, last, greet } = createLink();
  connection.send({ t: 'ping' });
  connection.start();
  greet();
  expect(states).toEqual(['connecting', 'greeting', 'live']);
  expect(last().sent).toEqual(['hello']);
  connection.stop();
  expect(states.at(-1)).toBe('offline');
  expect(last().isClosed).toBe(true);
});

test('tries each second at first, then waits twice as long each time, 30 s at most; half to all of it', async () => {
  const { clock, connection, opened, last } = createLink();
  connection.start();
  const waits: number[] = [];
  const longests = [500, 1_000, 1_000, 1_000, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000];
  for (let failure = 0; failure < longests.length; failure += 1) {
    const before = clock.now();
    last().listener.closed();
    expect(connection.state.name).toBe('waiting');
    const tried = opened.length;
    while (opened.length === tried) await clock.elapse(50);
    waits.push(clock.now() - before);
  }
  for (const [failure, wait] of waits.entries()) {
    const longest = longests[failure] ?? 0;
    expect(wait).toBeGreaterThanOrEqual(longest / 2);
    expect(wait).toBeLessThanOrEqual(longest + 50);
  }
});

test('a connection that lived makes the next wait short again; one that did not makes it longer', async () => {
  const { clock, connection, last, greet } = createLink();
  connection.start();
  for (let failure = 0; failure < 9; failure += 1) {
    last().listener.closed();
    await clock.elapse(30_000);
  }
  greet();
  await clock.elapse(1_000);
  last().listener.closed();
  await clock.elapse(5_000);
  expect(connection.state.name).toBe('waiting');
  await clock.elapse(30_000);
  greet();
  await clock.elapse(20_000);
  last().listener.closed();
  await clock.elapse(500);
  expect(connection.state.name).toBe('connecting');
});

test('comes back when it was told to, at once when there is a network again', async () => {
  const { clock, connection, opened, say, greet } = createLink();
  connection.start();
  greet();
  say({ t: 'goodbye', reason: 'draining', comeBackInMs: 12_000 });
  expect(connection.state).toEqual({ name: 'waiting', until: clock.now() + 12_000 });
  await clock.elapse(11_999);
  expect(opened).toHaveLength(1);
  await clock.elapse(1);
  expect(opened).toHaveLength(2);
  greet();
  say({ t: 'goodbye', reason: 'slow', comeBackInMs: 60_000 });
  connection.hint('online');
  expect(opened).toHaveLength(3);
});

test('being sent elsewhere is no failure', async () => {
  const { clock, connection, opened, last, say, greet } = createLink();
  connection.start();
  greet();
  await clock.elapse(10_000);
  say({ t: 'goodbye', reason: 'draining', comeBackInMs: 0 });
  await clock.elapse(0);
  expect(opened).toHaveLength(2);
  last().listener.closed();
  await clock.elapse(500);
  expect(opened).toHaveLength(3);
});

test('does not come back when it was told not to', async () => {
  const { clock, connection, opened, say, greet } = createLink();
  connection.start();
  greet();
  const error = { code: 'unauthenticated', message: 'Please sign in.', data: {} } as const;
  say({ t: 'goodbye', reason: 'refused', comeBackInMs: null, error });
  expect(connection.state).toEqual({ name: 'ended', reason: 'refused', error });
  connection.hint('online');
  await clock.elapse(600_000);
  expect(opened).toHaveLength(1);
  connection.start();
  expect(opened).toHaveLength(2);
});

test('beats while it lives and takes silence after a beat for death', async () => {
  const { clock, connection, last, say, greet } = createLink();
  connection.start();
  greet();
  for (let beat = 0; beat < 10; beat += 1) {
    await clock.elapse(heartbeatMs);
    say({ t: 'pong', at: 0 });
  }
  expect(last().sent.filter((t) => t === 'ping').length).toBeGreaterThanOrEqual(9);
  expect(connection.state.name).toBe('live');
  await clock.elapse(heartbeatTimeoutMs + 2 * heartbeatMs);
  expect(connection.state.name).not.toBe('live');
});

test('a page whose timers were stopped for long is not dead, and speaks when it hears something', async () => {
  const { clock, connection, last, say, greet } = createLink();
  connection.start();
  greet();
  await clock.elapse(heartbeatMs);
  say({ t: 'pong', at: 0 });
  clock.sleep(600_000);
  const before = last().sent.length;
  say({ t: 'pong', at: 0 });
  expect(last().sent.slice(before)).toEqual(['ping']);
  await clock.elapse(1);
  expect(connection.state.name).toBe('live');
  await clock.elapse(heartbeatTimeoutMs + 2 * heartbeatMs);
  expect(connection.state.name).not.toBe('live');
});

test('finds out soon whether the link still lives when the device wakes up', async () => {
  const { clock, connection, last, say, greet } = createLink();
  connection.start();
  greet();
  connection.hint('visible');
  expect(last().sent.at(-1)).toBe('ping');
  say({ t: 'pong', at: 0 });
  await clock.elapse(10_000);
  expect(connection.state.name).toBe('live');
  connection.hint('visible');
  await clock.elapse(5_000);
  expect(connection.state.name).toBe('waiting');
});

test('asks a link that owes an answer, seldom and seldomer, and leaves one alone that owes none', async () => {
  const { clock, connection, last, say, greet } = createLink();
  connection.start();
  greet();
  const pings = () => last().sent.filter((t) => t === 'ping').length;
  const call = (ref: number) => connection.send({ t: 'call', ref, name: 'room.get', input: {} });
  call(1);
  await clock.elapse(900);
  // Whoever says something else lives, and owes it still.
  say({ t: 'pong', at: 0 });
  await clock.elapse(900);
  expect(pings()).toBe(0);
  await clock.elapse(100);
  expect(pings()).toBe(1);
  say({ t: 'pong', at: 0 });
  await clock.elapse(1_999);
  expect(pings()).toBe(1);
  await clock.elapse(1);
  expect(pings()).toBe(2);
  say({ t: 'reply', ref: 1, output: {} });
  await clock.elapse(5_000);
  expect(pings()).toBe(2);
  call(2);
  await clock.elapse(1_000);
  expect(pings()).toBe(3);
  expect(connection.state.name).toBe('live');
});

test('asks a link that owes an answer and says nothing each second, until it is told that it is dead', async () => {
  const { clock, connection, last, greet } = createLink();
  connection.start();
  greet();
  const { sent, listener } = last();
  connection.send({ t: 'call', ref: 1, name: 'room.get', input: {} });
  await clock.elapse(5_000);
  expect(sent.filter((t) => t === 'ping')).toHaveLength(5);
  listener.closed();
  await clock.elapse(200);
  expect(sent.filter((t) => t === 'ping')).toHaveLength(5);
});

test('leaves a link that owes an answer and says nothing for ten seconds, though nobody ended it', async () => {
  const { clock, connection, opened, last, say, greet } = createLink();
  connection.start();
  greet();
  connection.send({ t: 'call', ref: 1, name: 'room.get', input: {} });
  await clock.elapse(10_500);
  // It was slow, and lives.
  say({ t: 'pong', at: 0 });
  await clock.elapse(11_500);
  expect(connection.state.name).toBe('live');
  await clock.elapse(600);
  expect(connection.state.name).toBe('waiting');
  expect(last().isClosed).toBe(true);
  const pings = opened[0]?.sent.length;
  await clock.elapse(20_000);
  expect(opened[0]?.sent).toHaveLength(pings ?? 0);
});

test('gives up on a server that opens and never greets, and on one that talks no frames', async () => {
  const { clock, connection, last, greet } = createLink();
  connection.start();
  last().listener.opened();
  await clock.elapse(15_000);
  expect(connection.state.name).toBe('waiting');
  connection.hint('online');
  greet();
  last().listener.message('<html>');
  expect(connection.state.name).toBe('waiting');
});

test('passes over what a broken socket still says, and frames of kinds it does not know', () => {
  const { connection, opened, heard, say, greet } = createLink();
  connection.start();
  greet();
  say({ t: 'news from the future' } as unknown as ServerFrame);
  expect(connection.state.name).toBe('live');
  opened[0]?.listener.closed();
  opened[0]?.listener.message(JSON.stringify(welcome));
  opened[0]?.listener.closed();
  expect(connection.state.name).toBe('waiting');
  expect(heard).toEqual(['welcome', 'news from the future']);
});

test('calls are matched by number, at most 64 at once, and refused with an unknown outcome when the link breaks', async () => {
  const clock = createFakeClock();
  const sent: { ref: number; name: string }[] = [];
  const calls = createCalls({ clock, send: (frame) => frame.t === 'call' && sent.push(frame) });
  const outcomes: string[] = [];
  for (let n = 0; n < 70; n += 1) {
    calls.call('room.get', { roomId: String(n + 1) }).then(
      () => outcomes.push(`${n} done`),
      (error: { code: string; data: { outcome?: string } }) =>
        outcomes.push(`${n} ${error.code} ${error.data.outcome ?? ''}`),
    );
  }
  expect(sent).toHaveLength(0);
  calls.linkUp();
  expect(sent).toHaveLength(limits.socketCallsInFlightMax);
  calls.receive({ t: 'reply', ref: sent[1]?.ref ?? 0, output: {} });
  expect(sent).toHaveLength(limits.socketCallsInFlightMax + 1);
  calls.receive({ t: 'reply', ref: 9_999, output: {} });
  calls.linkDown();
  await clock.settle();
  expect(outcomes).toHaveLength(limits.socketCallsInFlightMax + 1);
  expect(outcomes[0]).toBe('1 done');
  expect(outcomes.at(-1)).toBe('64 unavailable unknown');

  calls.linkUp();
  expect(sent).toHaveLength(70);
  await clock.elapse(30_000);
  expect(outcomes).toHaveLength(70);
  expect(outcomes.at(-1)).toBe('69 unavailable unknown');
});

test('a call that finds no connection in time was never sent; too many of them are refused', async () => {
  const clock = createFakeClock();
  const calls = createCalls({ clock, send: () => {} });
  const first = expect(calls.call('sync.snapshot', {})).rejects.toMatchObject({
    code: 'unavailable',
    data: { outcome: 'not_sent' },
  });
  const rest = Array.from({ length: 499 }, () => calls.call('sync.snapshot', {}).catch(() => {}));
  await expect(calls.call('sync.snapshot', {})).rejects.toMatchObject({ code: 'busy' });
  await clock.elapse(30_000);
  await first;
  await Promise.all(rest);
});
