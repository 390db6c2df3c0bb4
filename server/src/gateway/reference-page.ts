import { calls, errors, type Call } from '@confab/protocol';

/** The API's reference as a page: plain HTML without script, derived from the same schema values. */
export function referencePage(version: string): string {
  const groups = new Map<string, [string, Call][]>();
  for (const [name, call] of Object.entries(calls) as [string, Call][]) {
    const group = name.split('.')[0] ?? '';
    groups.set(group, [...(groups.get(group) ?? []), [name, call]]);
  }
  const index = [...groups.keys()].map((group) => `<a href="#${group}">${group}</a>`).join(' ');
  const sections = [...groups].map(
    ([group, entries]) =>
      `<h2 id="${group}">${group}</h2>${entries.map(([name, call]) => callSection(name, call)).join('')}`,
  );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Confab API</title><link rel="stylesheet" href="/reference.css"></head><body><main>
<h1>Confab API <small>${escape(version)}</small></h1>
<p>Everything the page can do, a program can do with a personal access token (Settings → Tokens):</p>
<pre>curl -H "Authorization: Bearer cft_…" ORIGIN/api/v1/me/rooms</pre>
<p>Input is JSON; the parts of the path are fields of it. Lists are pages: pass <code>next</code> as <code>cursor</code>.
A refusal is <code>{code, message, data}</code> with the status below. Machine-readable: <a href="/api/v1/openapi.json">openapi.json</a>.</p>
<nav>${index} <a href="#errors">errors</a></nav>${sections.join('')}
<h2 id="errors">errors</h2><table><tr><th>code</th><th>status</th><th>meaning</th></tr>${Object.entries(
    errors,
  )
    .map(
      ([code, entry]) =>
        `<tr><td><code>${code}</code></td><td>${entry.status}</td><td>${escape(entry.meaning)}</td></tr>`,
    )
    .join('')}</table></main></body></html>`;
}

function callSection(name: string, call: Call): string {
  const fields = 'properties' in call.input ? (call.input.properties as Record<string, object>) : {};
  const required = new Set('required' in call.input ? (call.input.required as string[]) : []);
  const rows = Object.entries(fields).map(
    ([field, schema]) =>
      `<tr><td><code>${field}</code>${required.has(field) ? '' : ' (optional)'}</td><td><code>${escape(describe(schema))}</code></td></tr>`,
  );
  const refusals = call.refusals.map((code) => `<a href="#errors"><code>${code}</code></a>`).join(', ');
  return `<section id="${name}"><h3>${name}</h3><p>${escape(call.summary)}.</p>
<p><code>${escape(call.http.replace(' /', ' /api/v1/'))}</code> · scope ${call.scope}</p>
${rows.length > 0 ? `<table>${rows.join('')}</table>` : ''}${refusals ? `<p>May refuse: ${refusals}</p>` : ''}
<details><summary>Output</summary><pre>${escape(JSON.stringify(call.output, null, 1))}</pre></details></section>`;
}

/** A field's schema in a line. */
function describe(schema: object): string {
  const text = JSON.stringify(schema);
  return text.length > 160 ? `${text.slice(0, 160)}…` : text;
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
