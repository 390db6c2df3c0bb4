/** What mails look like: the same in plain text and in simple HTML. Pure. */
export interface Letter {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export type LetterLanguage = 'en' | 'de' | 'ja';

/** @param tag what a person chose for the page; empty or another: English */
export function languageOf(tag: string): LetterLanguage {
  const [first] = tag.toLowerCase().split('-');
  return first === 'de' || first === 'ja' ? first : 'en';
}

/** @param said.link.url ours alone; all else may be what people have written */
export function writeLetter(said: {
  readonly language: LetterLanguage;
  readonly subject: string;
  readonly paragraphs: readonly string[];
  readonly link: { readonly label: string; readonly url: string };
  readonly foot: string;
}): Letter {
  const { language, subject, paragraphs, link, foot } = said;
  const body = [
    ...paragraphs.map((text) => `<p>${escaped(text)}</p>`),
    `<p><a href="${escaped(link.url)}">${escaped(link.label)}</a></p>`,
    `<p style="font-size:small">${escaped(foot)}</p>`,
  ].join('\n');
  return {
    subject,
    text: [...paragraphs, `${link.label}:\n${link.url}`, foot].join('\n\n') + '\n',
    html: `<!doctype html>\n<html lang="${language}">\n<meta charset="utf-8">\n<title>${escaped(subject)}</title>\n${body}\n</html>\n`,
  };
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
