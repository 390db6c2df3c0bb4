import type { FaultRow } from '../faults/fault.ts';
import type { Rehearsal } from '../rehearse.ts';
import { quantile } from '../timeline.ts';

/** What `confab rehearse --json` prints. Times are milliseconds. */
export interface Report {
  readonly startedAt: string;
  readonly seconds: number;
  readonly people: number;
  readonly perSecond: number;
  readonly acknowledged: number;
  /** Files, read back in the end. */
  readonly uploaded: number;
  readonly lost: number;
  readonly doubled: number;
  readonly outOfOrder: number;
  readonly wronglyReceived: number;
  readonly wrongBadges: number;
  /** Without an answer in the end, and shown an error. */
  readonly unanswered: number;
  readonly refused: number;
  readonly settledMs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly longestMs: number;
  readonly crowdCpuSeconds: number;
  readonly examples: readonly string[];
  readonly faults: readonly FaultRow[];
}

export function reportOf({ outcome, rows, timeline, ...run }: Rehearsal): Report {
  const took = timeline.sendings.map(({ tookMs }) => tookMs);
  return {
    startedAt: new Date(run.startedAt).toISOString(),
    seconds: Math.round((run.endedAt - run.startedAt) / 1_000),
    people: run.people,
    perSecond: run.perSecond,
    acknowledged: outcome.acknowledged,
    uploaded: outcome.uploaded,
    lost: outcome.lost,
    doubled: outcome.doubled,
    outOfOrder: outcome.outOfOrder,
    wronglyReceived: outcome.wronglyReceived,
    wrongBadges: outcome.wrongBadges,
    unanswered: outcome.unanswered,
    refused: outcome.refused,
    settledMs: outcome.settledMs,
    p50Ms: quantile(took, 0.5),
    p99Ms: quantile(took, 0.99),
    longestMs: quantile(took, 1),
    crowdCpuSeconds: timeline.crowdCpuSeconds,
    examples: [...outcome.examples, ...outcome.refusals],
    faults: rows,
  };
}

/** Nothing was lost, nothing was wrong, every fault could be done and mended, and something was said at all. */
export function holds(report: Report): boolean {
  return report.acknowledged > 0 && isClean(report) && report.faults.every(({ problem }) => problem === null);
}

/** Whether all counts of what must not be are 0. */
export function isClean(report: Report): boolean {
  const { lost, doubled, outOfOrder, wronglyReceived, wrongBadges, unanswered, refused } = report;
  return lost + doubled + outOfOrder + wronglyReceived + wrongBadges + unanswered + refused === 0;
}

/** For the terminal. */
export function reportTable(report: Report): string {
  const head = ['fault', 'sent', 'p50', 'p99', 'longest', 'others', 'aim', 'silence', 'broken', 'back p95'];
  const rows = report.faults.map((row) => [
    row.title,
    String(row.sent),
    ...[row.p50Ms, row.p99Ms, row.longestMs, row.othersLongestMs, row.aimMs, row.silenceMs].map(seconds),
    String(row.brokenConnections),
    seconds(row.reconnectP95Ms),
  ]);
  const lines = columns([head, ...rows]);
  const problems = report.faults.flatMap(({ title, problem }) =>
    problem === null ? [] : [`${title}: ${problem}`],
  );
  return [
    ...lines,
    '',
    `${report.people} people, ${report.perSecond} messages a second for ${report.seconds} s: ${report.acknowledged} acknowledged, ${report.uploaded} files`,
    `lost ${report.lost}, doubled ${report.doubled}, out of order ${report.outOfOrder}, wrongly received ${report.wronglyReceived}`,
    `wrong badges ${report.wrongBadges}, unanswered ${report.unanswered}, errors shown ${report.refused}`,
    `a send took ${seconds(report.p50Ms)} (p50), ${seconds(report.p99Ms)} (p99), ${seconds(report.longestMs)} (longest); the crowd took ${report.crowdCpuSeconds.toFixed(0)} s of CPU`,
    ...problems,
    ...report.examples,
  ].join('\n');
}

/** Nobody waited for nothing: 0 is said of those who are none. */
export function seconds(milliseconds: number): string {
  if (milliseconds === 0) return '–';
  return milliseconds < 100 ? `${milliseconds} ms` : `${(milliseconds / 1_000).toFixed(2)} s`;
}

/** The first column begins at the left, numbers end at the right. */
function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
}
