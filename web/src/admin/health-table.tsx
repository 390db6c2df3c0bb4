import type { Health } from '@confab/protocol';
import { useApp } from '../app/app-context.ts';
import { useWords } from '../language/index.ts';
import type { Series } from './series.ts';

/** The charts as numbers, newest first. */
export function HealthTable({ health, series }: { health: Health; series: readonly Series[] }) {
  const { clock } = useTimes();
  const words = useWords().admin.health;
  const newestFirst = [...health.samples.keys()].toReversed();
  return (
    // A scrolling place has to be reachable with the keys.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div class="health__table" role="region" aria-label={words.table} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.time}</th>
            {series.map(({ name }) => (
              <th key={name} scope="col">
                {words.series[name]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {newestFirst.map((index) => (
            <tr key={health.samples[index]?.at}>
              <th scope="row">{clock(health.samples[index]?.at ?? 0)}</th>
              {series.map(({ name, points, write }) => (
                <td key={name}>{write(points[index]?.value ?? 0)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** With seconds: there are several in a minute. */
function useTimes(): { clock: (at: number) => string } {
  const locale = useApp().ui.language.locale.value;
  const format = new Intl.DateTimeFormat(locale, { timeStyle: 'medium' });
  return { clock: (at) => format.format(at) };
}
