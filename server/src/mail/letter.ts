/** What mails look like: the same in plain text and in simple HTML. Pure. */
export interface Letter {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export type LetterLanguage = 'en' | 'de' | 'ja';

/** `url` is ours alone; all else may be what people have written. */
export interface LetterLink {
  readonly label: string;
  readonly url: string;
}

/** A place, and what was said there: in one line each. */
export interface LetterSection {
  readonly title: string;
  readonly url: string;
  readonly items: readonly {
    readonly lead: string;
    readonly text: string;
    readonly links: readonly LetterLink[];
  }[];
  /** What is not shown; null: nothing. */
  readonly more: string | null;
}

/** @param tag what a person chose for the page; empty or another: English */
export function languageOf(tag: string): LetterLanguage {
  const [first] = tag.toLowerCase().split('-');
  return first === 'de' || first === 'ja' ? first : 'en';
}

export function writeLetter(said: {
  readonly language: LetterLanguage;
  readonly subject: string;
  readonly paragraphs: readonly string[];
  readonly sections?: readonly LetterSection[];
  readonly link: LetterLink;
  readonly foot: string;
  readonly footLinks?: readonly LetterLink[];
}): Letter {
  const { language, subject, paragraphs, sections = [], link, foot, footLinks = [] } = said;
  const body = [
    ...paragraphs.map((text) => `<p>${escaped(text)}</p>`),
    ...sections.map(sectionHtml),
    `<p>${anchor(link)}</p>`,
    `<p style="font-size:small">${[...(foot === '' ? [] : [escaped(foot)]), ...footLinks.map(anchor)].join('<br>\n')}</p>`,
  ].join('\n');
  const text = [
    ...paragraphs,
    ...sections.map(sectionText),
    `${link.label}:\n${link.url}`,
    [...(foot === '' ? [] : [foot]), ...footLinks.map(({ label, url }) => `${label}: ${url}`)].join('\n'),
  ];
  return { subject, text: text.join('\n\n') + '\n', html: pageOf({ language, subject, body }) };
}

/** Mail programs choose light or dark; the letter says that both suit it, and names no colour. */
function pageOf({
  language,
  subject,
  body,
}: {
  language: LetterLanguage;
  subject: string;
  body: string;
}): string {
  return `<!doctype html>
<html lang="${language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${escaped(subject)}</title>
<div style="max-width:36em;font-family:sans-serif;line-height:1.5">
${body}
</div>
</html>
`;
}

function sectionText({ title, url, items, more }: LetterSection): string {
  const said = items.map(({ lead, text, links }) =>
    [lead, `  ${text}`, ...links.map(({ label, url: to }) => `  ${label}: ${to}`)].join('\n'),
  );
  return [`== ${title} ==\n${url}`, ...said, ...(more === null ? [] : [more])].join('\n\n');
}

function sectionHtml({ title, url, items, more }: LetterSection): string {
  return [
    `<h2 style="font-size:1.1em;margin:1.5em 0 0.5em">${anchor({ label: title, url })}</h2>`,
    ...items.map(({ lead, text, links }) => {
      const below = `<br>\n<span style="font-size:small">${links.map(anchor).join(' &middot; ')}</span>`;
      return `<p style="margin:0.5em 0;overflow-wrap:anywhere"><b>${escaped(lead)}</b><br>\n${escaped(text)}${links.length === 0 ? '' : below}</p>`;
    }),
    ...(more === null ? [] : [`<p>${anchor({ label: more, url })}</p>`]),
  ].join('\n');
}

const anchor = ({ label, url }: LetterLink): string => `<a href="${escaped(url)}">${escaped(label)}</a>`;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
