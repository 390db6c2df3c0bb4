import type { Moment } from './crowd/crowd-words.ts';
import type { Fault, FaultRow } from './faults/fault.ts';
import type { Break, Sending } from './crowd/speaker.ts';

/** All that the crowd told, kept for the report: a few numbers per message. */
export interface Timeline {
  add(moment: Moment): void;
  readonly sendings: readonly Sending[];
  readonly moments: readonly { readonly at: number; readonly live: number }[];
  row(fault: Pick<Fault, 'name' | 'title' | 'part' | 'aimMs'>, span: Span, problem: string | null): FaultRow;
  /** Whether everything that was said before then (milliseconds since 1970) has been acknowledged, as far as was told. */
  isThrough(at: number): boolean;
  readonly crowdCpuSeconds: number;
}

/** Milliseconds since 1970. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export function createTimeline(): Timeline {
  const sendings: Sending[] = [];
  const breaks: Break[] = [];
  const moments: { at: number; live: number }[] = [];
  let crowdCpuSeconds = 0;
  let throughTo = 0;

  return {
    add(moment) {
      sendings.push(...moment.sendings);
      breaks.push(...moment.breaks);
      moments.push({ at: moment.at, live: moment.live });
      crowdCpuSeconds = moment.cpuSeconds;
      throughTo = moment.oldestUnderwayAt ?? moment.at;
    },
    sendings,
    moments,
    get crowdCpuSeconds() {
      return crowdCpuSeconds;
    },
    isThrough: (at) => throughTo >= at,
    row(fault, span, problem) {
      const during = sendings.filter(({ at, tookMs }) => at + tookMs >= span.from && at <= span.to);
      const broken = breaks.filter(({ at }) => at >= span.from && at <= span.to);
      const touched = new Set(broken.map(({ person }) => person));
      const took = during.map(({ tookMs }) => tookMs);
      const others = during.filter(({ person }) => !touched.has(person));
      return {
        name: fault.name,
        title: fault.title,
        part: fault.part,
        aimMs: fault.aimMs,
        startedAt: span.from,
        endedAt: span.to,
        sent: during.length,
        p50Ms: quantile(took, 0.5),
        p99Ms: quantile(took, 0.99),
        longestMs: quantile(took, 1),
        othersLongestMs: quantile(
          others.map(({ tookMs }) => tookMs),
          1,
        ),
        silenceMs: silence(during, span),
        brokenConnections: broken.length,
        reconnectP95Ms: quantile(
          broken.map(({ tookMs }) => tookMs),
          0.95,
        ),
        problem,
      };
    },
  };
}

/** The value that this share of all does not exceed; 0 of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

/** The longest time within the span in which no acknowledgement came. */
export function silence(sendings: readonly Sending[], { from, to }: Span): number {
  const times = sendings.map(({ at, tookMs }) => at + tookMs).filter((at) => at >= from && at <= to);
  const marks = [from, ...times.toSorted((a, b) => a - b), to];
  return marks.reduce((longest, at, index) => Math.max(longest, at - (marks[index - 1] ?? at)), 0);
}
