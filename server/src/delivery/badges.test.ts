import { limits } from '@confab/protocol/limits';
import { expect, it } from 'vitest';
import { createManualClock } from '../platform/clock/index.ts';
import { createBadges } from './badges.ts';
import { StreamEvent } from './event.ts';
import { roomStream } from './stream.ts';

it('tells of a room within a period also after the time of day jumped back', () => {
  const manual = createManualClock();
  let offsetMs = 0;
  const badges = createBadges({ clock: { ...manual, now: () => manual.now() + offsetMs } });
  const heads: number[] = [];
  badges.listen('7', {
    userId: '1',
    watches: () => false,
    sendBadges: (sent) => void heads.push(...sent.map(({ head }) => head)),
  });
  const pinned = (seq: number): StreamEvent =>
    new StreamEvent(roomStream('7'), { seq, at: 0 }, { name: 'message.pinned', json: '{}' });

  badges.see(pinned(1));
  manual.elapse(limits.badgePeriodMs);
  offsetMs = -200_000;
  badges.see(pinned(2));
  manual.elapse(limits.badgePeriodMs);
  expect(heads).toEqual([1, 2]);
});
