import { limits } from '@confab/protocol';
import { OutboundFailure, type Outbound, type OutboundAnswer } from '../platform/outbound/index.ts';
import { decodeText } from './decode-text.ts';
import { oembedUrl, readOembed } from './oembed.ts';
import { readHead } from './read-head.ts';
import { lineOf } from './rules.ts';

/** What a page says of itself stands at its beginning. */
const headBytesMax = 512 * 1024;
const oembedBytesMax = 64 * 1024;
const pictureBytesMax = 5_000_000;
const timeoutMs = 10_000;
const redirects = 5;
const agent = 'Mozilla/5.0 (compatible; Confab; link previews)';

export interface FoundPage {
  readonly title: string;
  readonly text: string | null;
  readonly site: string | null;
  /** As it came: whether it is one has yet to be found out. */
  readonly picture: Uint8Array | null;
}

interface Said {
  readonly title: string | undefined;
  readonly text: string | undefined;
  readonly site: string | undefined;
  /** Absolute. */
  readonly pictureUrl: string | undefined;
}

/** What is to be said of a page; null when it says nothing, is no page, or may not or cannot be had. */
export async function readPage(outbound: Pick<Outbound, 'request'>, url: string): Promise<FoundPage | null> {
  const endpoint = oembedUrl(url);
  const said = endpoint === null ? null : await askOembed(outbound, endpoint);
  if (said !== null) return pageOf(outbound, said);
  const answer = await ask(outbound, url, {
    maxBytes: headBytesMax,
    whenLarger: 'cut',
    accept: 'text/html,*/*',
  });
  if (answer === null) return null;
  const type = answer.headers['content-type'] ?? '';
  if (/^image\//i.test(type)) return pictureItself(outbound, answer.url);
  if (!/^(text\/html|application\/xhtml\+xml)\b/i.test(type)) return null;
  return pageOf(outbound, await readHead(decodeText(answer.body, type), answer.url));
}

async function askOembed(outbound: Pick<Outbound, 'request'>, endpoint: string): Promise<Said | null> {
  const answer = await ask(outbound, endpoint, { maxBytes: oembedBytesMax, accept: 'application/json' });
  return answer === null ? null : readOembed(decodeText(answer.body, 'charset=utf-8'));
}

async function pageOf(outbound: Pick<Outbound, 'request'>, said: Said): Promise<FoundPage | null> {
  const title = lineOf(said.title, limits.previewTitleCharsMax);
  if (title === null) return null;
  return {
    title,
    text: lineOf(said.text, limits.previewTextCharsMax),
    site: lineOf(said.site, limits.previewSiteCharsMax),
    picture: said.pictureUrl === undefined ? null : await readPicture(outbound, said.pictureUrl),
  };
}

/** A link to a picture is called like its file. */
async function pictureItself(outbound: Pick<Outbound, 'request'>, url: string): Promise<FoundPage | null> {
  const { pathname, host } = new URL(url);
  const title = lineOf(pathname.split('/').at(-1), limits.previewTitleCharsMax) ?? host;
  return { title, text: null, site: null, picture: await readPicture(outbound, url) };
}

async function readPicture(outbound: Pick<Outbound, 'request'>, url: string): Promise<Uint8Array | null> {
  const answer = await ask(outbound, url, { maxBytes: pictureBytesMax, accept: 'image/*' });
  return answer?.body ?? null;
}

async function ask(
  outbound: Pick<Outbound, 'request'>,
  url: string,
  { accept, ...bounds }: { accept: string; maxBytes: number; whenLarger?: 'cut' },
): Promise<OutboundAnswer | null> {
  try {
    const headers = { accept, 'user-agent': agent };
    const answer = await outbound.request({ url, headers, timeoutMs, redirects, ...bounds });
    return answer.status === 200 ? answer : null;
  } catch (error) {
    if (error instanceof OutboundFailure) return null;
    throw error;
  }
}
