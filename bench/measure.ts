/** The measurements. Each prints nothing and returns figures; times in milliseconds, rates per second. */
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { openMemberSocket } from './member-socket.ts';
import { openMembers } from './members.ts';
import { hello, type ConfabSubject, type Publisher, type Subject } from './subjects.ts';

/** About 250 bytes, as in the loads of the sizing guide. */
export const messageText =
  'The quick brown fox jumps over the lazy dog and then writes about it at some length. '
    .repeat(3)
    .slice(0, 250);

export interface FanOut {
  deliveriesPerSecond: number;
  deliveriesPerCpuSecond: number;
  databaseCpuSecondsPerSecond: number;
  loadCpuSecondsPerSecond: number;
  /** How often a member was so far behind that it had to start again from the head. */
  resyncs: number;
}

/** One room of `members`, messages at `rate` a second, or as many as it takes (saturated). */
export async function measureFanOut(
  subject: Subject,
  options: { members: number; rate: number | 'saturated'; seconds: number },
): Promise<FanOut> {
  const members = await openMembers(subject, options.members);
  const publishers = await Promise.all(Array.from({ length: 8 }, () => subject.openPublisher()));
  const stop = publish(publishers, options.rate);
  await pause(2_000);
  const before = {
    ...(await members.count()),
    cpu: subject.cpuSeconds(),
    database: subject.databaseCpuSeconds(),
    at: performance.now(),
  };
  await pause(options.seconds * 1_000);
  const after = {
    ...(await members.count()),
    cpu: subject.cpuSeconds(),
    database: subject.databaseCpuSeconds(),
    at: performance.now(),
  };
  await stop();
  members.close();
  const seconds = (after.at - before.at) / 1_000;
  const events = after.events - before.events;
  return {
    deliveriesPerSecond: events / seconds,
    deliveriesPerCpuSecond: events / (after.cpu - before.cpu),
    databaseCpuSecondsPerSecond: (after.database - before.database) / seconds,
    loadCpuSecondsPerSecond: (after.cpuSeconds - before.cpuSeconds) / seconds,
    resyncs: after.resyncs - before.resyncs,
  };
}

/** Starts publishing; the result stops it and waits for what is under way. */
function publish(publishers: readonly Publisher[], rate: number | 'saturated'): () => Promise<void> {
  let stopped = false;
  const inFlight = new Set<Promise<void>>();
  const send = (publisher: Publisher): Promise<void> => {
    const sent = publisher.publish(messageText).catch((error: unknown) => {
      if (!stopped) throw error;
    });
    inFlight.add(sent);
    void sent.finally(() => inFlight.delete(sent));
    return sent;
  };
  const loop = async (publisher: Publisher, index: number): Promise<void> => {
    const periodMs = rate === 'saturated' ? 0 : (1_000 * publishers.length) / rate;
    for (let next = performance.now() + (index * periodMs) / publishers.length; !stopped; next += periodMs) {
      if (rate === 'saturated') {
        await Promise.all(Array.from({ length: 16 }, () => send(publisher)));
        // A publisher that nothing acknowledges must let the loop breathe.
        await pause(0);
      } else {
        await pause(Math.max(0, next - performance.now()));
        void send(publisher);
      }
    }
  };
  const loops = publishers.map(loop);
  return async () => {
    stopped = true;
    await Promise.all(loops);
    await Promise.all(inFlight);
  };
}

/** Sends that were acknowledged after their commit, by `inFlight` at once, over the given rooms. */
export async function measureSends(
  subject: ConfabSubject,
  options: { rooms: number; inFlight: number; seconds: number },
): Promise<{ sendsPerSecond: number; p50Ms: number; p99Ms: number; cpuSecondsPer1000: number }> {
  const rooms: string[] = [];
  for (let index = 0; index < options.rooms; index += 1) rooms.push(await subject.makeRoom());
  const publishers: Publisher[] = [];
  const lanes = 16;
  for (let index = 0; index < lanes; index += 1) publishers.push(await subject.openPublisher());
  let next = 0;
  let sent = 0;
  let measuring = false;
  let stopped = false;
  const latencies: number[] = [];
  const worker = async (publisher: Publisher): Promise<void> => {
    while (!stopped) {
      subject.useRoom(rooms[next++ % rooms.length] ?? '');
      const startedAt = performance.now();
      await publisher.publish(messageText);
      if (!measuring) continue;
      sent += 1;
      latencies.push(performance.now() - startedAt);
    }
  };
  const workers = Array.from({ length: options.inFlight }, (_, index) => publishers[index % lanes])
    .filter((publisher) => publisher !== undefined)
    .map(worker);
  await pause(2_000);
  measuring = true;
  const before = { at: performance.now(), cpu: subject.cpuSeconds() };
  await pause(options.seconds * 1_000);
  measuring = false;
  const seconds = (performance.now() - before.at) / 1_000;
  const cpu = subject.cpuSeconds() - before.cpu;
  const total = sent;
  stopped = true;
  await Promise.all(workers);
  return {
    sendsPerSecond: total / seconds,
    p50Ms: percentile(latencies, 0.5),
    p99Ms: percentile(latencies, 0.99),
    cpuSecondsPer1000: (cpu / total) * 1_000,
  };
}

/** What the database alone does: one-row inserts in a transaction each, 32 connections, as `pgbench` would. */
export async function measureInserts(
  connection: pg.PoolConfig,
  options: { seconds: number },
): Promise<{ insertsPerSecond: number }> {
  const pool = new pg.Pool({ ...connection, max: 32 });
  await pool.query(
    'create table if not exists bench_inserts (id bigserial primary key, room bigint, at timestamptz, text text)',
  );
  let inserted = 0;
  let stopped = false;
  const workers = Array.from({ length: 32 }, async () => {
    const client = await pool.connect();
    while (!stopped) {
      await client.query({
        name: 'insert',
        text: 'insert into bench_inserts (room, at, text) values ($1, now(), $2)',
        values: [1, messageText],
      });
      inserted += 1;
    }
    client.release();
  });
  await pause(1_000);
  const before = { at: performance.now(), inserted };
  await pause(options.seconds * 1_000);
  const rate = ((inserted - before.inserted) * 1_000) / (performance.now() - before.at);
  stopped = true;
  await Promise.all(workers);
  await pool.query('drop table bench_inserts');
  await pool.end();
  return { insertsPerSecond: rate };
}

/** From the moment of sending until another member has it, while the whole room receives. */
export async function measureLatency(
  subject: ConfabSubject,
  options: { members: number; rate: number; seconds: number },
): Promise<{ p50Ms: number; p99Ms: number; lost: number }> {
  const roomId = await subject.makeRoom();
  subject.useRoom(roomId);
  const members = await openMembers(subject, options.members - 1);
  const sentAt = new Map<string, number>();
  const latencies: number[] = [];
  const says = [
    hello(subject.people[0]?.token ?? ''),
    JSON.stringify({ t: 'watch', watch: { roomId, epoch: 1, after: 0 } }),
  ];
  const witness = await openMemberSocket(
    { port: subject.port, path: subject.path },
    {
      onEvents() {},
      onText(text) {
        const marker = /"text":"(m\d+) /.exec(text)?.[1];
        const at = marker === undefined ? undefined : sentAt.get(marker);
        if (marker === undefined || at === undefined) return;
        latencies.push(performance.now() - at);
        sentAt.delete(marker);
      },
    },
  );
  for (const text of says) witness.sendText(text);
  const publisher = await subject.openPublisher();
  await pause(1_500);
  const inFlight: Promise<void>[] = [];
  const total = options.rate * options.seconds;
  const startedAt = performance.now();
  for (let n = 0; n < total; n += 1) {
    await pause(Math.max(0, startedAt + (n * 1_000) / options.rate - performance.now()));
    sentAt.set(`m${n}`, performance.now());
    inFlight.push(publisher.publish(`m${n} ${messageText.slice(8)}`));
  }
  await Promise.all(inFlight);
  await pause(1_000);
  witness.close();
  members.close();
  return { p50Ms: percentile(latencies, 0.5), p99Ms: percentile(latencies, 0.99), lost: sentAt.size };
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}
