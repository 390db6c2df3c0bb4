/**
 * Sites that say more to programs than their pages do (oembed.com), each with its documented endpoint. Only words and the
 * picture are taken, never their HTML.
 */
const providers: readonly { readonly pages: RegExp; readonly endpoint: string }[] = [
  {
    pages: /^https:\/\/((www|m|music)\.)?youtube\.com\/(watch\?|shorts\/|playlist\?|live\/)/,
    endpoint: 'https://www.youtube.com/oembed?format=json&url=',
  },
  { pages: /^https:\/\/youtu\.be\/./, endpoint: 'https://www.youtube.com/oembed?format=json&url=' },
  { pages: /^https:\/\/vimeo\.com\/./, endpoint: 'https://vimeo.com/api/oembed.json?url=' },
  { pages: /^https:\/\/open\.spotify\.com\/./, endpoint: 'https://open.spotify.com/oembed?url=' },
  { pages: /^https:\/\/soundcloud\.com\/./, endpoint: 'https://soundcloud.com/oembed?format=json&url=' },
];

/** Where to ask about a page; null where nobody is to be asked. */
export function oembedUrl(url: string): string | null {
  const provider = providers.find(({ pages }) => pages.test(url));
  return provider === undefined ? null : provider.endpoint + encodeURIComponent(url);
}

/** Null for what is no answer. */
export function readOembed(json: string): {
  title: string;
  text: string | undefined;
  site: string | undefined;
  pictureUrl: string | undefined;
} | null {
  const said = parse(json);
  const textOf = (name: string): string | undefined => {
    const value = said?.[name];
    return typeof value === 'string' ? value : undefined;
  };
  const title = textOf('title');
  if (title === undefined) return null;
  return {
    title,
    text: textOf('author_name'),
    site: textOf('provider_name'),
    pictureUrl: textOf('thumbnail_url'),
  };
}

function parse(json: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
