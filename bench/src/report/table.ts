import { isClean, medianOf, type BenchResult, type RoundResult } from '../result.ts';

/** Medians of the rounds with their spread, in words and columns for a terminal. */
export function benchTable(result: BenchResult): string {
  const lines = figuresOf(result).map(({ name, median, min, max, unit }) => [
    name,
    shown(median),
    result.rounds.length > 1 ? `${shown(min)}–${shown(max)}` : '',
    unit,
  ]);
  const { people, connections, account, machine } = result;
  const head = `${result.profile}: ${people} people, ${connections} connections, ${result.rounds.length} rounds of ${shown(medianOf(result.rounds, ({ seconds }) => seconds))} s; ${machine.cores} cores (${machine.cpu})`;
  const words = [`${account.acknowledged} messages acknowledged: ${accountWords(result)}`];
  if (result.firstError !== null) words.push(`The first error: ${result.firstError}`);
  if (result.passes !== null) words.push(verdict(result.passes));
  return [head, '', columns([['', 'median', 'spread', ''], ...lines]), '', ...words].join('\n');
}

export function accountWords({ account }: BenchResult): string {
  return `${account.lost} lost, ${account.doubled} doubled, ${account.outOfOrder} out of order${isClean(account) ? '' : ' — something is wrong'}`;
}

export const verdict = (passes: boolean): string =>
  `${passes ? 'Passes' : 'Does not pass'} Mattermost’s criterion: errors under 0.025 %, calls under 100 ms on average and 2 s at p99, CPU under 85 %.`;

export interface Figure {
  readonly name: string;
  readonly unit: string;
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

export function figuresOf({ rounds, connections }: BenchResult): Figure[] {
  const figure = (name: string, unit: string, of: (round: RoundResult) => number): Figure => {
    const values = rounds.map(of);
    return { name, unit, median: medianOf(rounds, of), min: Math.min(...values), max: Math.max(...values) };
  };
  const servers = [...new Set(rounds.flatMap((round) => round.servers.map(({ name }) => name)))];
  const of = (name: string, round: RoundResult) => round.servers.find((use) => use.name === name);
  const figures = [
    figure('sends acknowledged', '1/s', ({ sendsPerSecond }) => sendsPerSecond),
    figure('deliveries', '1/s', ({ deliveriesPerSecond }) => deliveriesPerSecond),
    figure('send to acknowledgement, p50', 'ms', ({ sendP50Ms }) => sendP50Ms),
    figure('send to acknowledgement, p99', 'ms', ({ sendP99Ms }) => sendP99Ms),
    figure('send to a member of the room, p50', 'ms', ({ deliveryP50Ms }) => deliveryP50Ms),
    figure('send to a member of the room, p99', 'ms', ({ deliveryP99Ms }) => deliveryP99Ms),
    figure('all calls, mean', 'ms', ({ callMeanMs }) => callMeanMs),
    figure('all calls, p99', 'ms', ({ callP99Ms }) => callP99Ms),
    figure('calls', '1/s', ({ calls, seconds }) => calls / seconds),
    figure('errors', '', ({ errors }) => errors),
    figure('connections too far behind', '', ({ resyncs }) => resyncs),
    ...servers.flatMap((name) => [
      figure(`${name}: CPU`, 's per s', (round) => (of(name, round)?.cpuSeconds ?? 0) / round.seconds),
      figure(`${name}: CPU for 1,000 deliveries`, 's', (round) =>
        per1000(of(name, round)?.cpuSeconds ?? 0, round.deliveriesPerSecond * round.seconds),
      ),
      figure(`${name}: CPU for 1,000 sends`, 's', (round) =>
        per1000(of(name, round)?.cpuSeconds ?? 0, round.sendsPerSecond * round.seconds),
      ),
      figure(`${name}: memory`, 'MB', (round) => (of(name, round)?.bytes ?? 0) / 1e6),
      figure(
        `${name}: memory by connection`,
        'KB',
        (round) => (of(name, round)?.bytes ?? 0) / 1e3 / connections,
      ),
    ]),
    figure('the load: CPU', 's per s', ({ loadCpuSeconds, seconds }) => loadCpuSeconds / seconds),
    figure('the whole machine, busy', '%', ({ machineBusy }) => machineBusy * 100),
  ];
  if (rounds.some(({ backLastMs }) => backLastMs !== null))
    figures.push(
      figure('back and caught up, p50', 'ms', ({ backP50Ms }) => backP50Ms ?? Number.NaN),
      figure('back and caught up, the last', 'ms', ({ backLastMs }) => backLastMs ?? Number.NaN),
    );
  return figures;
}

const per1000 = (cpuSeconds: number, of: number): number => (of > 0 ? (cpuSeconds / of) * 1_000 : 0);

export function shown(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const digits = Math.abs(value) < 1 ? 3 : Math.abs(value) < 100 ? 1 : 0;
  return value.toLocaleString('en', { maximumFractionDigits: digits });
}

function columns(lines: readonly (readonly string[])[]): string {
  const widths = [0, 1, 2, 3].map((column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((cell, column) =>
          column === 1 || column === 2
            ? cell.padStart(widths[column] ?? 0)
            : cell.padEnd(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
