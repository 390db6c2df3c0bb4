/**
 * Whether this process has just stood still: its machine was paused, or it was too busy to turn to anything else. What
 * lies on its sockets then was asked long ago, and whoever asked may have asked another node since.
 */
import type { Clock } from '../platform/clock/index.ts';
import type { Vitals } from '../platform/vitals/index.ts';

export interface Standstill {
  /** True from the end of a standstill until what came in it must have been read. */
  isJustOver(): boolean;
  close(): void;
}

const beatMs = 250;
/** Clients look for another node after some four seconds without an answer. */
const longMs = 4_000;
const justMs = 1_000;

export function watchForStandstill(deps: { clock: Clock; vitals: Pick<Vitals, 'moment'> }): Standstill {
  const { clock, vitals } = deps;
  let lastBeat = vitals.moment();
  let endedAt = -Infinity;
  // Sockets are read before timers are looked at: what came in a standstill is asked about before the next beat.
  function look(): number {
    const now = vitals.moment();
    if (now - lastBeat > longMs) endedAt = now;
    lastBeat = now;
    return now;
  }
  const timer = clock.every(beatMs, look);
  return {
    isJustOver: () => look() - endedAt < justMs,
    close: () => timer.cancel(),
  };
}
