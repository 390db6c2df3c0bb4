import { setTimeout as pause } from 'node:timers/promises';
import type { Members } from '../members.ts';
import type { Publisher, Subject } from '../subjects/subject.ts';
import { publish, type Rate } from './publishing.ts';

/** A subject with its members and senders come in. */
export interface Gathering {
  readonly subject: Subject;
  readonly members: Members;
  readonly publishers: readonly Publisher[];
}

export interface FanOut {
  deliveriesPerSecond: number;
  deliveriesPerCpuSecond: number;
  /** Of Postgres, while this was measured. */
  databaseCpuSecondsPerSecond: number;
  /** Of the process that holds the members. */
  loadCpuSecondsPerSecond: number;
  /** How often a member was so far behind that it had to start again from the head. */
  resyncs: number;
}

/** One room, messages at `rate` a second, or as many as it takes (saturated). */
export async function measureFanOut(
  { subject, members, publishers }: Gathering,
  options: { rate: Rate; seconds: number; warmUpSeconds?: number; databaseCpuSeconds: () => number },
): Promise<FanOut> {
  const { rate, warmUpSeconds = 2, databaseCpuSeconds } = options;
  // A server of 30,000 deliveries a second would work on a large window for longer than it is looked at.
  const isSlow = subject.door.kind === 'xmpp';
  const stop = publish(rate === 'saturated' && !isSlow ? publishers : publishers.slice(0, 1), rate);
  await pause(warmUpSeconds * 1_000);
  const look = async () => ({
    ...(await members.count()),
    cpu: subject.cpuSeconds(),
    database: databaseCpuSeconds(),
    at: performance.now(),
  });
  const before = await look();
  await pause(options.seconds * 1_000);
  const after = await look();
  await stop();
  const seconds = (after.at - before.at) / 1_000;
  const alsoReceive = subject.publishersReceive ? publishers.length / members.size : 0;
  const events = (after.events - before.events) * (1 + alsoReceive);
  return {
    deliveriesPerSecond: events / seconds,
    deliveriesPerCpuSecond: events / (after.cpu - before.cpu),
    databaseCpuSecondsPerSecond: (after.database - before.database) / seconds,
    loadCpuSecondsPerSecond: (after.cpuSeconds - before.cpuSeconds) / seconds,
    resyncs: after.resyncs - before.resyncs,
  };
}
