/** What we aim at, as ratios of one run or as figures of this machine, and what was measured. */
import { growthAt } from './parts/growth.ts';
import { idleNode } from './parts/idle.ts';
import { officePeople } from './parts/office.ts';
import { busy, hot, hundred, inserts, latencyAt, memory, quiet, saturated, steady } from './parts/peers.ts';
import { stormClients, stormLast } from './parts/storm.ts';
import { shown, tableOf, type Ratio, type Rows } from './rows.ts';

export interface TargetLine {
  readonly what: string;
  readonly floor: number;
  readonly aim: number;
  /** A factor when empty. */
  readonly unit: string;
  /** Whether less is better. */
  readonly isLessBetter: boolean;
  readonly measured: Ratio;
}

const loop = 'C epoll loop';

export function targetLines(rows: Rows): TargetLine[] {
  const against = (measure: string, other: string, otherMeasure = measure): Ratio =>
    rows.ratio([measure, 'Confab'], [otherMeasure, other]);
  const itself = (measure: string): Ratio => {
    const row = rows.all.find((one) => one.measure === measure && one.subject === 'Confab');
    if (!row) return null;
    return { median: row.median, min: Math.min(...row.rounds), max: Math.max(...row.rounds) };
  };
  /** The largest of several that held. */
  const most = (measure: string): Ratio => {
    const found = itself(measure);
    return found && { median: found.max, min: found.min, max: found.max };
  };
  const more = (what: string, [floor, aim]: [number, number], measured: Ratio, unit = ''): TargetLine => ({
    what,
    floor,
    aim,
    unit,
    isLessBetter: false,
    measured,
  });
  const less = (what: string, bounds: [number, number], measured: Ratio, unit = ''): TargetLine => ({
    ...more(what, bounds, measured, unit),
    isLessBetter: true,
  });
  return [
    more('deliveries per CPU second at 50k/s, against C', [0.55, 0.9], against(steady, loop)),
    more('busy room, 150 messages/s, against C', [0.9, 1.2], against(busy, loop)),
    more('saturated room, against C', [2, 3], against(saturated, loop)),
    more('10 messages/s, against ejabberd', [3.5, 6], against(quiet, 'ejabberd')),
    more('saturated room, against ejabberd', [15, 35], against(saturated, 'ejabberd')),
    less('p99 to another member, against ejabberd', [0.6, 0.3], against(latencyAt(10, 'p99'), 'ejabberd')),
    less('memory of a member, against ejabberd', [0.9, 0.5], against(memory, 'ejabberd')),
    more('durable sends, 100 rooms, against pgbench', [0.7, 2], against(hundred, 'pgbench', inserts)),
    more('durable sends, one room, against pgbench', [0.7, 2], against(hot, 'pgbench', inserts)),
    less('send to another member, 100 messages/s, p50', [10, 4], itself(latencyAt(100, 'p50')), 'ms'),
    less('send to another member, 100 messages/s, p99', [60, 25], itself(latencyAt(100, 'p99')), 'ms'),
    less(
      'CPU per delivery, 50,000 members against 1,000',
      [1.6, 1.2],
      rows.ratio([growthAt(1_000), 'Confab'], [growthAt(50_000), 'Confab']),
    ),
    less(`storm of ${stormClients}, until the last is back`, [10, 3], itself(stormLast(stormClients)), 's'),
    more('office on this machine', [5_000, 20_000], most(officePeople), 'people'),
    less('an idle node', [150, 90], itself(idleNode), 'MB'),
  ];
}

export function targetTable(lines: readonly TargetLine[]): string {
  const cells = lines.map(({ what, floor, aim, unit, measured, ...line }) => {
    const bounds = [`${shown(floor)} ${unit || '×'}`, `${shown(aim)} ${unit || '×'}`];
    if (measured === null) return [what, ...bounds, '–', '', 'not measured'];
    const spread = `${shown(measured.min)}–${shown(measured.max)}`;
    return [
      what,
      ...bounds,
      shown(measured.median),
      spread,
      verdict(measured.median, { floor, aim, ...line }),
    ];
  });
  return tableOf([['what', 'floor', 'aim', 'measured', 'spread', ''], ...cells]);
}

function verdict(
  value: number,
  { floor, aim, isLessBetter }: Pick<TargetLine, 'floor' | 'aim' | 'isLessBetter'>,
): string {
  const reaches = (bound: number): boolean => (isLessBetter ? value <= bound : value >= bound);
  if (reaches(aim)) return 'reaches the aim';
  return reaches(floor) ? 'passes the floor' : 'misses the floor';
}
