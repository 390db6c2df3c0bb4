import { setTimeout as pause } from 'node:timers/promises';
import { messageText } from '../subjects/subject.ts';
import type { Gathering } from './fan-out.ts';
import { percentile } from './statistics.ts';

export interface Latency {
  p50Ms: number;
  p99Ms: number;
  /** Sent, and not seen by the other member a while after the last one. */
  missing: number;
}

const patienceMs = 10_000;

/** From the moment of sending until another member has it, while the whole room receives. */
export async function measureLatency(
  { subject, publishers }: Pick<Gathering, 'subject' | 'publishers'>,
  options: { rate: number; seconds: number },
): Promise<Latency> {
  const sentAt = new Map<string, number>();
  const latencies: number[] = [];
  const marker = /\bmark(\d+)\b/g;
  const listener = await subject.openListener((text) => {
    for (const [mark] of text.matchAll(marker)) {
      const at = sentAt.get(mark);
      if (at === undefined) continue;
      latencies.push(performance.now() - at);
      sentAt.delete(mark);
    }
  });
  const publisher = publishers[0];
  if (publisher === undefined) throw new Error('nobody sends');
  const inFlight: Promise<void>[] = [];
  const total = options.rate * options.seconds;
  const startedAt = performance.now();
  for (let n = 0; n < total; n += 1) {
    await pause(Math.max(0, startedAt + (n * 1_000) / options.rate - performance.now()));
    sentAt.set(`mark${n}`, performance.now());
    inFlight.push(publisher.publish(`mark${n} ${messageText.slice(10)}`));
  }
  await Promise.all(inFlight);
  const until = performance.now() + patienceMs;
  while (sentAt.size > 0 && performance.now() < until) await pause(20);
  listener.close();
  return { p50Ms: percentile(latencies, 0.5), p99Ms: percentile(latencies, 0.99), missing: sentAt.size };
}
