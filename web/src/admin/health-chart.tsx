import { useMemo } from 'preact/hooks';
import { useWords } from '../language/index.ts';
import { lineOf, topOf, written, type Point } from './line-scale.ts';

const width = 320;
const height = 72;

type HealthChartProps = {
  title: string;
  points: readonly Point[];
  /** how a value is written, with its unit */
  write: (value: number) => string;
  /** the top of the scale when all is quiet */
  least: number;
};

/** A line of the last half hour. Readers get its newest and its highest value; the rest is in the table. */
export function HealthChart({ title, points, write, least }: HealthChartProps) {
  const words = useWords().admin.health;
  const values = points.map(({ value }) => value);
  const max = topOf(values, least);
  const line = useMemo(() => lineOf(points, { width, height, max }), [points, max]);
  const now = write(values.at(-1) ?? 0);
  const [from, to] = [line[0], line.at(-1)];
  return (
    <figure class="health-chart">
      <figcaption>
        <span>{title}</span>
        <strong>{now}</strong>
      </figcaption>
      <div class="health-chart__picture">
        <svg
          viewBox={`0 0 ${width} ${height}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={words.chart(title, now, write(Math.max(0, ...values)))}
        >
          <line class="health-chart__grid" x1={0} x2={width} y1={0.5} y2={0.5} />
          <line class="health-chart__grid" x1={0} x2={width} y1={height - 0.5} y2={height - 0.5} />
          {from && to && (
            <polygon
              class="health-chart__area"
              points={`${written([{ x: from.x, y: height }])} ${written(line)} ${written([{ x: to.x, y: height }])}`}
            />
          )}
          <polyline class="health-chart__line" points={written(line)} />
        </svg>
        <span class="health-chart__max" aria-hidden="true">
          {write(max)}
        </span>
      </div>
    </figure>
  );
}
