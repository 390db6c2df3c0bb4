import { limits } from '@confab/protocol';
import { Refusal } from '../kit/refusal.ts';

const dayMs = 86_400_000;

/** @throws Refusal invalid for a time that has passed or lies too far ahead */
export function refuseUnfitTime(sendAt: number, now: number): void {
  if (sendAt > now && sendAt <= now + limits.scheduledDaysMax * dayMs) return;
  throw new Refusal('invalid', {
    path: '/sendAt',
    expected: `a time ahead, at most ${limits.scheduledDaysMax} days`,
  });
}

/** The message's client id: whoever sends it once more, after a crash or on another node, finds the one that was sent. */
export function clientIdOf(scheduledId: string): string {
  return `scheduled-${scheduledId}`;
}
