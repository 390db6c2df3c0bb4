import { describe, expect, test } from 'vitest';
import { createKeywordSearch, createQuietTime, noticeLevelIn } from './notices.ts';

describe('what notifies in a room', () => {
  test('is what was chosen for it, else for all, and nothing while it is muted', () => {
    const preferences = { noticeLevel: 'everything' } as const;
    expect(noticeLevelIn({ muted: false, level: 'default' }, preferences)).toBe('everything');
    expect(noticeLevelIn({ muted: false, level: 'mentions' }, preferences)).toBe('mentions');
    expect(noticeLevelIn({ muted: true, level: 'everything' }, preferences)).toBe('nothing');
  });
});

describe('keywords', () => {
  const find = createKeywordSearch(['deploy', 'Müller', 'C++', '東京', 'on call']);
  test.each([
    ['We DEPLOY today.', 'deploy'],
    ['(deploy)', 'deploy'],
    ['redeploy and deployment', null],
    ['deploy_now', null],
    ['Frau MULLER kommt', 'Müller'],
    ['Mu\u0308ller', 'Müller'],
    ['Müllerin', null],
    ['we love c++!', 'C++'],
    ['私は東京に住む', '東京'],
    ['who is on call?', 'on call'],
    ['deployments, then deploy', 'deploy'],
    ['', null],
  ])('%s', (text, found) => expect(find(text)).toBe(found));

  test('none find nothing, and empty ones neither', () => {
    expect(createKeywordSearch([])('x')).toBeNull();
    expect(createKeywordSearch(['\u0301'])('x')).toBeNull();
  });
});

describe('quiet time', () => {
  const at = (text: string): number => Date.parse(text);
  const quietHours = { days: [1, 2, 3, 4, 5], from: 22 * 60, to: 7 * 60 };
  // In Berlin, in winter an hour before UTC.
  const never = { doNotDisturbUntil: null, quietHours: null, quietHoursSkippedUntil: null };
  const until = createQuietTime({ ...never, quietHours }, 'Europe/Berlin');

  test.each([
    // A Monday.
    ['2026-01-05T20:59:59Z', null],
    ['2026-01-05T21:00:00Z', '2026-01-06T06:00:00Z'],
    ['2026-01-06T05:59:30Z', '2026-01-06T06:00:00Z'],
    ['2026-01-06T06:00:00Z', null],
    // Begun on Friday, it ends on Saturday; none begins then.
    ['2026-01-10T03:00:00Z', '2026-01-10T06:00:00Z'],
    ['2026-01-10T22:00:00Z', null],
    ['2026-01-12T03:00:00Z', null],
    // In summer two hours.
    ['2026-07-06T20:00:00Z', '2026-07-07T05:00:00Z'],
  ])('%s', (now, end) => expect(until(at(now))).toBe(end === null ? null : at(end)));

  test('of whole days, and of a moment named', () => {
    const whole = { days: [0], from: 0, to: 0 };
    const sunday = createQuietTime({ ...never, quietHours: whole }, 'UTC');
    expect(sunday(at('2026-01-04T12:00:00Z'))).toBe(at('2026-01-05T00:00:00Z'));
    expect(sunday(at('2026-01-05T00:00:00Z'))).toBeNull();
    const named = createQuietTime({ ...never, doNotDisturbUntil: 10 }, 'UTC');
    expect([named(9), named(10)]).toEqual([10, null]);
    const both = createQuietTime(
      { ...never, doNotDisturbUntil: at('2026-01-07T00:00:00Z'), quietHours },
      'UTC',
    );
    expect(both(at('2026-01-05T23:00:00Z'))).toBe(at('2026-01-07T00:00:00Z'));
  });

  test('of hours that were ended early is that of the next ones', () => {
    const skipped = { ...never, quietHours, quietHoursSkippedUntil: at('2026-01-06T06:00:00Z') };
    const found = createQuietTime(skipped, 'Europe/Berlin');
    expect(found(at('2026-01-05T23:00:00Z'))).toBeNull();
    expect(found(at('2026-01-06T21:30:00Z'))).toBe(at('2026-01-07T06:00:00Z'));
    const named = createQuietTime(
      { ...skipped, doNotDisturbUntil: at('2026-01-06T01:00:00Z') },
      'Europe/Berlin',
    );
    expect(named(at('2026-01-05T23:00:00Z'))).toBe(at('2026-01-06T01:00:00Z'));
  });
});
