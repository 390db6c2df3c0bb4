/**
 * Rate limits of a person hold for all nodes together: each tells the others, once a second, what people have used on
 * it. While nodes do not hear each other, each counts for itself. A burst within that second may pass on every node.
 */
import type { Bus } from '../platform/bus/index.ts';
import type { Clock } from '../platform/clock/index.ts';

/** What was used of which bucket. */
type Used = [key: string, count: number];

const topic = 'rate-limits.used';
const periodMs = 1_000;
/** What people use up slowly, buckets get back as slowly: it is forgotten after as long as a bucket takes to fill. */
const forgetAfterPeriods = 60;
/** Buckets in one message: small enough for any bus. */
const usedMax = 500;

export interface SharedUsage {
  /** Somebody used one of a bucket that holds `limit`. */
  used(key: string, limit: number): void;
  close(): void;
}

/** @param spend takes from this node's bucket what was used elsewhere */
export function createSharedUsage(deps: {
  bus: Bus;
  clock: Clock;
  nodeId: string;
  spend: (key: string, count: number) => void;
}): SharedUsage {
  const { bus, clock, nodeId } = deps;
  const untold = new Map<string, { count: number; worthTelling: number }>();
  let periods = 0;

  const timer = clock.every(periodMs, () => {
    periods += 1;
    const telling: Used[] = [];
    for (const [key, { count, worthTelling }] of untold) {
      if (count < worthTelling) continue;
      telling.push([key, count]);
      untold.delete(key);
    }
    for (let start = 0; start < telling.length; start += usedMax) {
      bus.publish(topic, JSON.stringify([nodeId, telling.slice(start, start + usedMax)]));
    }
    if (periods % forgetAfterPeriods === 0) untold.clear();
  });
  const unsubscribe = bus.subscribe(topic, (message) => {
    for (const [key, count] of parseUsed(message, nodeId)) deps.spend(key, count);
  });

  return {
    used(key, limit) {
      const known = untold.get(key) ?? { count: 0, worthTelling: Math.max(1, limit / 100) };
      known.count += 1;
      untold.set(key, known);
    },
    close() {
      timer.cancel();
      unsubscribe();
    },
  };
}

/** @returns nothing for one's own, and for what is none: whoever else speaks on the bus cannot harm */
function parseUsed(message: string, nodeId: string): Used[] {
  try {
    const [from, used] = JSON.parse(message) as [unknown, unknown];
    if (from === nodeId || !Array.isArray(used)) return [];
    return (used as Partial<Used>[]).flatMap(([key, count]) =>
      typeof key === 'string' && typeof count === 'number' && count > 0 ? [[key, count] satisfies Used] : [],
    );
  } catch {
    return [];
  }
}
