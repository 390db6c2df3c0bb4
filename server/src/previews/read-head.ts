/** A `title` that never ends would hold the whole page. */
const titleCharsMax = 2_000;
const namesOf = {
  title: ['og:title', 'twitter:title'],
  text: ['og:description', 'twitter:description', 'description'],
  site: ['og:site_name', 'application-name'],
  picture: ['og:image:secure_url', 'og:image', 'og:image:url', 'twitter:image', 'twitter:image:src'],
} as const;
const wanted: ReadonlySet<string> = new Set(Object.values(namesOf).flat());

/**
 * What a page says of itself in its head: Open Graph, then Twitter's words, then HTML's own. Words as they are, to be
 * drawn as text; the picture's address is absolute.
 * @param url of the page
 */
export async function readHead(
  html: string,
  url: string,
): Promise<{
  title: string;
  text: string | undefined;
  site: string | undefined;
  pictureUrl: string | undefined;
}> {
  const { said, title } = await collect(html);
  const first = (names: readonly string[]): string | undefined =>
    names.map((name) => said.get(name)).find((value) => value !== undefined && value.trim() !== '');
  const picture = first(namesOf.picture)?.trim();
  return {
    title: first(namesOf.title) ?? title,
    text: first(namesOf.text),
    site: first(namesOf.site),
    pictureUrl: picture !== undefined && URL.canParse(picture, url) ? new URL(picture, url).href : undefined,
  };
}

/** Of each name what it says first; ends where the body begins. */
async function collect(html: string): Promise<{ said: Map<string, string>; title: string }> {
  const { Parser } = await import('htmlparser2');
  const said = new Map<string, string>();
  let title = '';
  let isTitle = false;
  let isOver = false;
  const parser = new Parser({
    onopentag(name, attributes) {
      if (name === 'body') isOver = true;
      if (isOver) return;
      if (name === 'title') isTitle = title === '';
      if (name !== 'meta') return;
      const key = (attributes['property'] ?? attributes['name'] ?? '').toLowerCase().trim();
      const value = attributes['content'];
      if (value !== undefined && wanted.has(key) && !said.has(key)) said.set(key, value);
    },
    ontext(text) {
      if (isTitle && title.length < titleCharsMax) title += text;
    },
    onclosetag(name) {
      if (name === 'title') isTitle = false;
      if (name === 'head') isOver = true;
    },
  });
  parser.end(html);
  return { said, title };
}
