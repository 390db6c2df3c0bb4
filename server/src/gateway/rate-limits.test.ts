import { expect, it } from 'vitest';
import { createManualClock } from '../platform/clock/index.ts';
import { createRateLimits } from './rate-limits.ts';

it('takes nothing away when the time of day jumps back', () => {
  const manual = createManualClock();
  let offsetMs = 0;
  const clock = { ...manual, now: () => manual.now() + offsetMs };
  const limits = createRateLimits({ clock, callsPerMinute: 10, sendsPerMinute: 10 });
  limits.take('user.list', '7');
  offsetMs = -200_000;
  limits.take('user.list', '7');
  expect(limits.left('7').remaining).toBe(8);
  manual.elapse(60_000);
  expect(limits.left('7').remaining).toBe(10);
});
