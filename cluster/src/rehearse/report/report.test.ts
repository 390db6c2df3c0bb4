import { describe, expect, it } from 'vitest';
import { addressOf } from '../crowd/door.ts';
import { reportPage } from './report-page.ts';
import { holds, reportOf, reportTable, seconds } from './report.ts';
import type { Rehearsal } from '../rehearse.ts';
import { createTimeline, quantile, silence } from '../timeline.ts';

const startedAt = Date.UTC(2026, 0, 1);

function rehearsal(over: Partial<Rehearsal['outcome']> = {}, problem: string | null = null): Rehearsal {
  const timeline = createTimeline();
  timeline.add({
    at: startedAt + 5_000,
    sendings: [
      { person: 1, at: startedAt + 1_000, tookMs: 20 },
      { person: 2, at: startedAt + 2_000, tookMs: 1_500 },
      { person: 1, at: startedAt + 4_000, tookMs: 30 },
    ],
    breaks: [{ person: 2, at: startedAt + 2_000, tookMs: 700 }],
    live: 2,
    oldestUnderwayAt: null,
    cpuSeconds: 1,
  });
  const span = { from: startedAt + 1_500, to: startedAt + 5_000 };
  const fault = { name: 'node-kill', title: 'A node is <killed>', part: 'node', aimMs: 1_000 } as const;
  return {
    startedAt,
    endedAt: startedAt + 6_000,
    people: 2,
    perSecond: 1,
    outcome: {
      acknowledged: 3,
      uploaded: 1,
      lost: 0,
      doubled: 0,
      outOfOrder: 0,
      wronglyReceived: 0,
      wrongBadges: 0,
      unanswered: 0,
      refused: 0,
      settledMs: 10,
      refusals: [],
      examples: [],
      ...over,
    },
    rows: [timeline.row(fault, span, problem)],
    timeline,
  };
}

describe('a report', () => {
  it('tells of each fault how long people waited, and those apart whose connection held', () => {
    const [row] = reportOf(rehearsal()).faults;
    expect(row).toMatchObject({
      sent: 2,
      longestMs: 1_500,
      othersLongestMs: 30,
      brokenConnections: 1,
      reconnectP95Ms: 700,
    });
    // Acknowledged at 3.5 s and at 4.03 s, looked at from 1.5 s on.
    expect(row?.silenceMs).toBe(2_000);
  });

  it('holds only when nothing is wrong and every fault could be done', () => {
    expect(holds(reportOf(rehearsal()))).toBe(true);
    for (const kind of [
      'lost',
      'doubled',
      'outOfOrder',
      'wronglyReceived',
      'wrongBadges',
      'unanswered',
      'refused',
    ])
      expect(holds(reportOf(rehearsal({ [kind]: 1 }))), kind).toBe(false);
    expect(holds(reportOf(rehearsal({ acknowledged: 0 })))).toBe(false);
    expect(holds(reportOf(rehearsal({}, 'did not settle')))).toBe(false);
  });

  it('is a table, and a page on which nothing is taken for markup', () => {
    const report = reportOf(rehearsal({ lost: 1, examples: ['lost: <p1>'] }));
    expect(reportTable(report)).toContain('lost 1, doubled 0, out of order 0, wrongly received 0');
    expect(reportTable(report)).toContain('1.50 s');
    const page = reportPage(report, rehearsal().timeline);
    expect(page).toContain('A node is &lt;killed&gt;');
    expect(page).toContain('lost: &lt;p1&gt;');
    expect(page).toContain('Something went wrong.');
  });
});

describe('figures', () => {
  it('are quantiles that occurred', () => {
    expect([0.5, 0.99, 1].map((share) => quantile([4, 1, 3, 2], share))).toEqual([2, 4, 4]);
    expect(quantile([], 0.5)).toBe(0);
  });

  it('are none where nobody was concerned', () => {
    expect([0, 99, 1_500].map(seconds)).toEqual(['–', '99 ms', '1.50 s']);
  });

  it('count the silence at both ends of a span', () => {
    expect(silence([], { from: 10, to: 40 })).toBe(30);
    expect(silence([{ person: 1, at: 30, tookMs: 2 }], { from: 10, to: 40 })).toBe(22);
  });

  it('of one fault are over when what was said until then is answered', () => {
    const timeline = createTimeline();
    const moment = { sendings: [], breaks: [], live: 1, cpuSeconds: 0 };
    expect(timeline.isThrough(100)).toBe(false);
    timeline.add({ ...moment, at: 200, oldestUnderwayAt: 99 });
    expect(timeline.isThrough(100)).toBe(false);
    timeline.add({ ...moment, at: 300, oldestUnderwayAt: 150 });
    expect(timeline.isThrough(100)).toBe(true);
    expect(timeline.isThrough(200)).toBe(false);
    timeline.add({ ...moment, at: 400, oldestUnderwayAt: null });
    expect([399, 401].map(timeline.isThrough)).toEqual([true, false]);
  });
});

describe('an address', () => {
  it('takes what belongs into the path out of the input', () => {
    const input = { roomId: 'a/b', text: 'hi' };
    expect(addressOf('POST /rooms/:roomId/messages', input)).toEqual({
      method: 'POST',
      path: '/rooms/a%2Fb/messages',
      rest: { text: 'hi' },
    });
  });
});
