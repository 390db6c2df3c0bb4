import type { CallName } from '@confab/protocol';
import { Refusal } from '../kit/refusal.ts';
import type { Bus } from '../platform/bus/index.ts';
import type { Clock } from '../platform/clock/index.ts';
import { createSharedUsage } from './shared-usage.ts';

export interface RateLimits {
  /** @throws Refusal too_many, with data.retryAfterMs */
  take(name: CallName, who: string): void;
  /** What is left to `who`, for the headers: calls in this burst, and milliseconds until all are back. */
  left(who: string): { limit: number; remaining: number; resetMs: number };
  close(): void;
}

interface Bucket {
  tokens: number;
  at: number;
}

const minuteMs = 60_000;
/** Buckets that are full again say nothing and are dropped when there are more than this. */
const bucketsMax = 50_000;

/**
 * Token buckets in memory: per person (or address, before sign-in), for all calls and for sends. What is used on one
 * node is soon missing on the others.
 */
export function createRateLimits(deps: {
  clock: Clock;
  bus: Bus;
  nodeId: string;
  callsPerMinute: number;
  sendsPerMinute: number;
}): RateLimits {
  const { callsPerMinute, sendsPerMinute } = deps;
  const buckets = new Map<string, Bucket>();
  const usage = createSharedUsage({
    ...deps,
    spend(key, count) {
      const found = bucket(key, key.startsWith('send ') ? sendsPerMinute : callsPerMinute);
      found.tokens = Math.max(0, found.tokens - count);
    },
  });

  function bucket(key: string, perMinute: number): Bucket {
    const now = deps.clock.now();
    const found = buckets.get(key) ?? { tokens: perMinute, at: now };
    // The time of day may jump back: that takes nothing away.
    const passedMs = Math.max(0, now - found.at);
    found.tokens = Math.min(perMinute, found.tokens + (passedMs * perMinute) / minuteMs);
    found.at = now;
    buckets.set(key, found);
    if (buckets.size > bucketsMax) dropFull(now);
    return found;
  }

  function dropFull(now: number): void {
    for (const [key, { at }] of buckets) if (now - at > minuteMs) buckets.delete(key);
  }

  function takeOne(key: string, perMinute: number): void {
    const found = bucket(key, perMinute);
    if (found.tokens < 1) {
      throw new Refusal('too_many', { retryAfterMs: Math.ceil(((1 - found.tokens) * minuteMs) / perMinute) });
    }
    found.tokens -= 1;
    usage.used(key, perMinute);
  }

  return {
    take(name, who) {
      takeOne(`call ${who}`, callsPerMinute);
      if (name === 'message.send') takeOne(`send ${who}`, sendsPerMinute);
    },
    left(who) {
      const { tokens } = bucket(`call ${who}`, callsPerMinute);
      const missing = callsPerMinute - tokens;
      return {
        limit: callsPerMinute,
        remaining: Math.floor(tokens),
        resetMs: Math.ceil((missing * minuteMs) / callsPerMinute),
      };
    },
    close: usage.close,
  };
}
