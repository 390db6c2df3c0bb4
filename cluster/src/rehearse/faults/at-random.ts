import type { Clock, Random } from '@confab/client/platform/index';
import type { Fault } from './fault.ts';

/** Faults one after the other, chosen at random, until the time is over. */
export function* atRandom(
  faults: readonly Fault[],
  { clock, random, forMs }: { clock: Clock; random: Random; forMs: number },
): Generator<Fault> {
  const end = clock.now() + forMs;
  while (clock.now() < end) {
    const fault = faults[Math.floor(random.fraction() * faults.length)];
    if (!fault) return;
    yield fault;
  }
}
