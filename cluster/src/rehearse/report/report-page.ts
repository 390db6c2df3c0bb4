import { holds, isClean, seconds, type Report } from './report.ts';
import { quantile, type Timeline } from '../timeline.ts';

const binMs = 1_000;

/** The report as one page that needs nothing else: a timeline with the faults marked, and the account. */
export function reportPage(report: Report, timeline: Timeline): string {
  const from = Date.parse(report.startedAt);
  const bins = binsOf(timeline, from, report.seconds);
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Confab rehearsal of ${escape(report.startedAt)}</title>
<style>${style}</style>
<h1>${verdictOn(report)}</h1>
<p>${report.people} people, ${report.perSecond} messages a second for ${report.seconds} s, while ${report.faults.length} faults were done to the cluster.</p>
<dl class="${holds(report) ? 'good' : 'bad'}">${facts(report)}</dl>
<figure><figcaption>Acknowledged messages per second</figcaption>${chart(
    report,
    bins.map(({ rate }) => rate),
    'rate',
  )}</figure>
<figure><figcaption>Longest time a message took, by the second in which it was sent (seconds)</figcaption>${chart(
    report,
    bins.map(({ longestMs }) => longestMs / 1_000),
    'wait',
  )}</figure>
<figure><figcaption>People connected</figcaption>${chart(
    report,
    bins.map(({ live }) => live),
    'live',
  )}</figure>
<div class="table" tabindex="0" role="region" aria-label="The faults"><table><thead><tr>${['', 'Fault', 'Sent', 'p50', 'p99', 'Longest', 'Others', 'Aim', 'Silence', 'Broken', 'Back p95'].map((one) => `<th scope="col">${one}</th>`).join('')}</tr></thead>
<tbody>${report.faults.map(row).join('')}</tbody></table></div>
<p class="small">Longest: from giving a message to the client to its acknowledgement, for anybody. Others: the same for those whose connection did not break. Silence: the longest time in which nobody was acknowledged. Back: from a broken connection to the next welcome.</p>
${report.examples.length > 0 ? `<h2>What was found</h2><ul>${report.examples.map((one) => `<li>${escape(one)}</li>`).join('')}</ul>` : ''}
</html>
`;
}

function verdictOn(report: Report): string {
  if (!isClean(report)) return 'Something went wrong.';
  const kept = 'Nothing was lost, doubled or out of order.';
  return holds(report) ? kept : `${kept} Not every fault could be done and mended.`;
}

function facts(report: Report): string {
  const shown: [string, string | number][] = [
    ['acknowledged', report.acknowledged],
    ['files kept', report.uploaded],
    ['lost', report.lost],
    ['doubled', report.doubled],
    ['out of order', report.outOfOrder],
    ['wrongly received', report.wronglyReceived],
    ['wrong badges', report.wrongBadges],
    ['unanswered', report.unanswered],
    ['errors shown', report.refused],
    ['a send, p50', seconds(report.p50Ms)],
    ['p99', seconds(report.p99Ms)],
    ['longest', seconds(report.longestMs)],
  ];
  return shown.map(([name, value]) => `<div><dt>${name}</dt><dd>${value}</dd></div>`).join('');
}

function row(fault: Report['faults'][number], index: number): string {
  const cells = [
    fault.sent,
    ...[fault.p50Ms, fault.p99Ms, fault.longestMs, fault.othersLongestMs, fault.aimMs, fault.silenceMs].map(
      seconds,
    ),
    fault.brokenConnections,
    seconds(fault.reconnectP95Ms),
  ];
  const problem = fault.problem === null ? '' : ` <strong>${escape(fault.problem)}</strong>`;
  const mark = fault.longestMs > fault.aimMs ? ' class="over"' : '';
  return `<tr${mark}><td>${index + 1}</td><th scope="row">${escape(fault.title)}${problem}</th>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
}

interface Bin {
  readonly rate: number;
  readonly longestMs: number;
  readonly live: number;
}

function binsOf(timeline: Timeline, from: number, secondsLong: number): Bin[] {
  const count = Math.max(1, secondsLong);
  const place = (at: number): number => Math.min(count - 1, Math.max(0, Math.floor((at - from) / binMs)));
  const rates = Array.from({ length: count }, () => 0);
  const waits = Array.from({ length: count }, (): number[] => []);
  const live = Array.from({ length: count }, () => 0);
  for (const { at, tookMs } of timeline.sendings) {
    rates[place(at + tookMs)] = (rates[place(at + tookMs)] ?? 0) + 1;
    waits[place(at)]?.push(tookMs);
  }
  for (const moment of timeline.moments) live.fill(moment.live, place(moment.at));
  return rates.map((rate, index) => ({
    rate,
    longestMs: quantile(waits[index] ?? [], 1),
    live: live[index] ?? 0,
  }));
}

/** A line over the faults' bands, numbered as in the table. It is as wide as the page, and what is written is not stretched. */
function chart(report: Report, values: readonly number[], name: string): string {
  const highest = Math.max(1, ...values);
  const share = (second: number): number => (second / Math.max(1, values.length)) * 100;
  const from = Date.parse(report.startedAt);
  const bands = report.faults.map(({ startedAt, endedAt }) => {
    const left = share((startedAt - from) / 1_000);
    return { left: left.toFixed(2), wide: Math.max(0.2, share((endedAt - from) / 1_000) - left).toFixed(2) };
  });
  const rects = bands.map(({ left, wide }) => `<rect x="${left}" y="0" width="${wide}" height="100"/>`);
  const numbers = bands.map(({ left }, index) => `<span style="left: ${left}%">${index + 1}</span>`);
  const points = values
    .map((value, second) => `${share(second + 0.5).toFixed(2)},${(100 - (value / highest) * 98).toFixed(1)}`)
    .join(' ');
  const label = highest < 10 ? highest.toFixed(1) : String(Math.round(highest));
  return `<div class="above" aria-hidden="true">${numbers.join('')}</div><svg class="${name}" viewBox="0 0 100 100" preserveAspectRatio="none" role="img" aria-label="up to ${label}">${rects.join('')}<polyline points="${points}"/></svg><div class="below"><span>0 s</span><span>up to ${label}</span><span>${report.seconds} s</span></div>`;
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

const style = `
:root { color-scheme: light dark; --ink: light-dark(#1f2328, #e6e8eb); --soft: light-dark(#59636e, #9aa4ae); --line: light-dark(#d7dce1, #343a41); --band: light-dark(#f4e3c1, #4a3b1e); --other: light-dark(#faf2e0, #332b1a); --good: light-dark(#1a7f4b, #4cc38a); --bad: light-dark(#b42318, #ff8a80); --mark: light-dark(#2457d6, #8db1ff); }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); max-inline-size: 72rem; margin: 2rem auto; padding-inline: 1rem; }
h1 { font-size: 1.6rem; margin-block: 0 .25rem; } h2 { font-size: 1.1rem; }
dl { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; padding: .75rem 1rem; border: 1px solid var(--line); border-radius: .5rem; }
dl.good { border-color: var(--good); } dl.bad { border-color: var(--bad); }
dt { color: var(--soft); font-size: .8rem; } dd { margin: 0; font-size: 1.15rem; font-variant-numeric: tabular-nums; }
figure { margin: 1.25rem 0; } figcaption { color: var(--soft); font-size: .85rem; margin-block-end: .25rem; }
svg { display: block; box-sizing: border-box; inline-size: 100%; block-size: 9.5rem; border: 1px solid var(--line); border-radius: .25rem; }
rect { fill: var(--band); } rect:nth-of-type(even) { fill: var(--other); }
.above, .below { font-size: .7rem; line-height: 1.5; color: var(--soft); font-variant-numeric: tabular-nums; }
.above { position: relative; block-size: 1.1rem; overflow: hidden; } .above span { position: absolute; } .below { display: flex; justify-content: space-between; }
polyline { fill: none; stroke: var(--mark); stroke-width: 1.5; vector-effect: non-scaling-stroke; } .wait polyline { stroke: var(--bad); } .live polyline { stroke: var(--good); }
h1 { text-wrap: balance; } .table { overflow-x: auto; } tbody th { min-inline-size: 11rem; }
table { border-collapse: collapse; inline-size: 100%; font-variant-numeric: tabular-nums; } td { white-space: nowrap; } th, td { padding: .3rem .5rem; border-block-end: 1px solid var(--line); text-align: end; } tbody th, thead th:nth-child(2) { text-align: start; font-weight: 500; }
tbody strong { display: block; font-weight: 400; font-size: .85rem; color: var(--bad); } .over td:nth-child(6) { color: var(--bad); font-weight: 600; } .small { color: var(--soft); font-size: .85rem; }
`;
