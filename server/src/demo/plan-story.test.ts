import { expect, test } from 'vitest';
import { demoPeople } from './people.ts';
import { planStory, type Beat } from './plan-story.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

type Said = Extract<Beat, { kind: 'say' }>;
const isSaid = (beat: Beat): beat is Said => beat.kind === 'say';

/** Asked of the platform anew, since the plan keeps its own account of time zones. */
function localTime(timeZone: string, at: number): { weekday: string; hour: number } {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    hour: 'numeric',
    minute: 'numeric',
  });
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return { weekday: parts['weekday'] ?? '', hour: Number(parts['hour']) + Number(parts['minute']) / 60 };
}

const moments = {
  'a Tuesday afternoon': Date.parse('2026-11-24T15:10:00+01:00'),
  'a Monday morning': Date.parse('2027-03-29T08:05:00+02:00'),
  'a Sunday night': Date.parse('2026-10-25T03:20:00+01:00'),
};

test.each(Object.entries(moments))('%s: months of a team that works by day', (_, now) => {
  const beats = planStory(now);
  const said = beats.filter(isSaid);
  expect(said.length).toBeGreaterThan(500);
  expect(said.length).toBeLessThan(1_500);
  expect(beats.map(({ at }) => at)).toEqual(beats.map(({ at }) => at).toSorted((a, b) => a - b));
  expect(now - (said[0]?.at ?? 0)).toBeGreaterThan(90 * dayMs);

  for (const { at, room, handle, text } of said) {
    const person = demoPeople.find((one) => one.handle === handle);
    const { weekday, hour } = localTime(person?.timeZone ?? '', at);
    const what = `${handle} in ${room}, ${weekday} ${hour.toFixed(2)}: ${text}`;
    expect(hour, what).toBeGreaterThan(7);
    expect(hour, what).toBeLessThan(23);
    if (['rides', 'random'].includes(room)) continue;
    expect(['Sat', 'Sun'], what).not.toContain(weekday);
    expect(hour, what).toBeLessThan(21);
  }
});

test.each(Object.entries(moments))('%s: the last word was said minutes ago', (_, now) => {
  const last = planStory(now).findLast(isSaid)?.at ?? 0;
  expect(now - last).toBeGreaterThan(0);
  expect(now - last).toBeLessThan(12 * minuteMs);
});

test('people talk in bursts, in threads, and react', () => {
  const beats = planStory(moments['a Tuesday afternoon']);
  const said = beats.filter(isSaid);
  const frames = said.filter(({ room, root }) => room === 'frames' && root === null);
  const pauses = frames.slice(1).map(({ at }, index) => at - (frames[index]?.at ?? 0));
  expect(pauses.filter((pause) => pause < 5 * minuteMs).length).toBeGreaterThan(pauses.length / 3);
  expect(said.filter(({ root }) => root !== null).length).toBeGreaterThan(40);
  expect(beats.filter(({ kind }) => kind === 'react').length).toBeGreaterThan(150);
  const words = new Set(said.map(({ text }) => text));
  expect(words.size).toBeGreaterThan(said.length / 3);
});

test('every room is alive in every week, and the newest words of general are known', () => {
  const now = moments['a Tuesday afternoon'];
  const said = planStory(now).filter(isSaid);
  for (const room of ['general', 'frames', 'e-bike', 'software', 'customer-care', 'random', 'lunch']) {
    for (let week = 1; week <= 13; week += 1) {
      const from = now - week * 7 * dayMs;
      const count = said.filter(
        (one) => one.room === room && one.at >= from && one.at < from + 7 * dayMs,
      ).length;
      expect(count, `#${room}, ${week} weeks ago`).toBeGreaterThan(0);
    }
  }
  for (const words of ['Spring launch', 'postcard from the Dolomites', 'all hands on Thursday']) {
    expect(said.filter(({ text, at }) => text.includes(words) && now - at < 12 * dayMs)).toHaveLength(1);
  }
});

test('the same moment has the same story', () => {
  const now = moments['a Sunday night'];
  expect(planStory(now)).toEqual(planStory(now));
});
