import { limits } from '@confab/protocol/limits';
import { expect, it } from 'vitest';
import { createManualClock } from '../platform/clock/index.ts';
import { createBadges, type BadgeListener } from './badges.ts';
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

it('tells a new listener nothing that was seen before a time in which nobody listened', () => {
  const clock = createManualClock();
  const badges = createBadges({ clock });
  const sent: unknown[] = [];
  const listener: BadgeListener = {
    userId: '1',
    watches: () => false,
    sendBadges: (news) => void sent.push(...news),
  };
  const moved = (seq: number, name: string, data: object): StreamEvent =>
    new StreamEvent(roomStream('7'), { seq, at: 0 }, { name, json: JSON.stringify(data) });

  badges.listen('7', listener);
  badges.see(moved(1, 'message.pinned', {}));
  clock.elapse(0);
  badges.see(moved(2, 'member.left', { userId: '2', memberCount: 1 }));
  badges.unlisten('7', listener);
  badges.see(moved(3, 'member.joined', { memberCount: 2 }));
  badges.listen('7', listener);
  badges.see(moved(4, 'message.pinned', {}));
  clock.elapse(limits.badgePeriodMs);
  expect(sent).toEqual([
    { roomId: '7', head: 1, ordinal: 0, lastAt: 0 },
    { roomId: '7', head: 4, ordinal: 0, lastAt: 0 },
  ]);
});
