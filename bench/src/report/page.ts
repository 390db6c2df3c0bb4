import { quantile, upperMs, type Histogram } from '../histogram.ts';
import { isClean, type BenchResult } from '../result.ts';
import { accountWords, figuresOf, shown, verdict } from './table.ts';

const width = 1_120;
const height = 150;

/** The result as one page that needs nothing else: figures, how long sends took, and the run second by second. */
export function benchPage(result: BenchResult): string {
  const { profile, meaning, people, connections, machine, timeline, account } = result;
  const version = result.version === null ? '' : `Confab ${escape(result.version)} · `;
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Confab bench: ${profile}</title>
<style>${style}</style>
<h1>${profile}</h1>
<p>${escape(meaning.slice(0, 1).toUpperCase() + meaning.slice(1))}. ${people} people with ${connections} connections to ${escape(result.target)}, ${result.rounds.length} rounds.</p>
<p class="small">${version}${escape(machine.cpu)}, ${machine.cores} cores, ${machine.memoryGb} GB, Node ${escape(machine.node)} · ${escape(result.startedAt)}. The load ran on this machine, too.</p>
<p class="${isClean(account) ? 'good' : 'bad'}">${account.acknowledged} messages acknowledged: ${accountWords(result)}.${result.passes === null ? '' : ` ${verdict(result.passes)}`}</p>
${result.firstError === null ? '' : `<p class="bad">The first error: ${escape(result.firstError)}</p>`}
${figure('Send to acknowledgement', histogramChart(result.send))}
${figure('Send to a member of the room', histogramChart(result.delivery))}
${figure('Acknowledged messages, by the second', lineChart(timeline.map(({ sends }) => sends)))}
${figure('Deliveries, by the second', lineChart(timeline.map(({ deliveries }) => deliveries)))}
${figure('Longest time to an acknowledgement, by the second (milliseconds)', lineChart(timeline.map(({ longestMs }) => longestMs)))}
<div class="wide"><table><thead><tr><th scope="col">Figure</th><th scope="col">Median</th><th scope="col">Least</th><th scope="col">Most</th><th scope="col">Unit</th></tr></thead>
<tbody>${figuresOf(result)
    .map(
      ({ name, median, min, max, unit }) =>
        `<tr><th scope="row">${escape(name)}</th><td>${shown(median)}</td><td>${shown(min)}</td><td>${shown(max)}</td><td>${escape(unit)}</td></tr>`,
    )
    .join('')}</tbody></table></div>
</html>
`;
}

const figure = (title: string, drawing: string): string =>
  `<figure><figcaption>${title}</figcaption>${drawing}</figure>`;

/** Columns on a logarithmic axis, with the percentiles that people ask for. */
function histogramChart(histogram: Histogram): string {
  if (histogram.total === 0) return '<p class="small">Nothing was measured.</p>';
  const first = histogram.counts.findIndex((count) => (count ?? 0) > 0);
  const shownCounts = Array.from(
    { length: histogram.counts.length - first },
    (_, index) => histogram.counts[first + index] ?? 0,
  );
  const top = Math.max(...shownCounts);
  const step = width / shownCounts.length;
  const bars = shownCounts.map((count, index) => {
    const tall = (count / top) * (height - 20);
    return `<rect x="${(index * step).toFixed(1)}" y="${(height - tall).toFixed(1)}" width="${Math.max(1, step - 1).toFixed(1)}" height="${tall.toFixed(1)}"/>`;
  });
  const percentiles = [0.5, 0.9, 0.99, 1].map(
    (share) => `${share === 1 ? 'longest' : `p${share * 100}`} ${shown(quantile(histogram, share))} ms`,
  );
  return `<svg class="bars" viewBox="0 0 ${width} ${height}" role="img" aria-label="${percentiles.join(', ')}">${bars.join('')}<text x="4" y="12">${shown(upperMs(first))} ms</text><text x="${width - 4}" y="12" text-anchor="end">${shown(histogram.maxMs)} ms</text></svg><p class="small">${percentiles.join(' · ')} · ${histogram.total.toLocaleString('en')} measured</p>`;
}

function lineChart(values: readonly number[]): string {
  const top = Math.max(1, ...values);
  const points = values.map((value, second) => {
    const x = ((second + 0.5) / Math.max(1, values.length)) * width;
    return `${x.toFixed(1)},${(height - (value / top) * (height - 20)).toFixed(1)}`;
  });
  return `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="up to ${shown(top)}"><polyline points="${points.join(' ')}"/><text x="${width - 4}" y="12" text-anchor="end">${shown(top)}</text></svg>`;
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

const style = `
:root { color-scheme: light dark; --ink: light-dark(#1f2328, #e6e8eb); --soft: light-dark(#59636e, #9aa4ae); --line: light-dark(#d7dce1, #343a41); --good: light-dark(#1a7f4b, #4cc38a); --bad: light-dark(#b42318, #ff8a80); --mark: light-dark(#2457d6, #8db1ff); }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); max-inline-size: 72rem; margin: 2rem auto; padding-inline: 1rem; }
h1 { font-size: 1.6rem; margin-block: 0 .25rem; } .good, .bad { padding: .6rem 1rem; border: 1px solid; border-radius: .5rem; } .good { border-color: var(--good); } .bad { border-color: var(--bad); }
figure { margin: 1.25rem 0; } figcaption { color: var(--soft); font-size: .85rem; margin-block-end: .25rem; } .small { color: var(--soft); font-size: .85rem; overflow-wrap: anywhere; }
svg { display: block; inline-size: 100%; block-size: auto; border: 1px solid var(--line); border-radius: .25rem; } svg text { font: 11px system-ui, sans-serif; fill: var(--soft); }
polyline { fill: none; stroke: var(--mark); stroke-width: 1.5; } .bars rect { fill: var(--mark); } .wide { overflow-x: auto; }
table { border-collapse: collapse; inline-size: 100%; font-variant-numeric: tabular-nums; } th, td { padding: .3rem .5rem; border-block-end: 1px solid var(--line); text-align: end; } tbody th, thead th:first-child { text-align: start; font-weight: 500; }
`;
