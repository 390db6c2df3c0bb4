import { setTimeout as pause } from 'node:timers/promises';
import type { ConfabPublisher, ConfabSubject } from '../subjects/confab.ts';
import { messageText } from '../subjects/subject.ts';
import { percentile } from './statistics.ts';

export interface DurableSends {
  sendsPerSecond: number;
  p50Ms: number;
  p99Ms: number;
  /** Of the node. */
  cpuSecondsPer1000: number;
}

/** Sends that were acknowledged after their commit, by `inFlight` at once, in turn over the given rooms. */
export async function measureSends(
  subject: ConfabSubject,
  options: {
    rooms: readonly string[];
    publishers: readonly ConfabPublisher[];
    inFlight: number;
    seconds: number;
    warmUpSeconds?: number;
  },
): Promise<DurableSends> {
  const { rooms, publishers, warmUpSeconds = 2 } = options;
  let next = 0;
  let measuring = false;
  let stopped = false;
  const latencies: number[] = [];
  const worker = async (publisher: ConfabPublisher): Promise<void> => {
    while (!stopped) {
      const startedAt = performance.now();
      await publisher.send(rooms[next++ % rooms.length] ?? '', messageText);
      if (measuring) latencies.push(performance.now() - startedAt);
    }
  };
  const workers = Array.from(
    { length: options.inFlight },
    (_, index) => publishers[index % publishers.length],
  )
    .filter((publisher) => publisher !== undefined)
    .map(worker);
  await pause(warmUpSeconds * 1_000);
  measuring = true;
  const before = { at: performance.now(), cpu: subject.cpuSeconds() };
  await pause(options.seconds * 1_000);
  measuring = false;
  const seconds = (performance.now() - before.at) / 1_000;
  const cpu = subject.cpuSeconds() - before.cpu;
  const total = latencies.length;
  stopped = true;
  await Promise.all(workers);
  return {
    sendsPerSecond: total / seconds,
    p50Ms: percentile(latencies, 0.5),
    p99Ms: percentile(latencies, 0.99),
    cpuSecondsPer1000: (cpu / total) * 1_000,
  };
}
