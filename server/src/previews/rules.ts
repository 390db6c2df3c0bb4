import { limits, type Preview } from '@confab/protocol';
import { parseMarkdown, visitInlines, type Block } from '@confab/protocol/markdown';
import type { PageRow } from './store.ts';

/** What a page said lasts a day; that it said nothing, an hour. */
export const freshMs = 24 * 3_600_000;
export const failedMs = 3_600_000;
/** Links of older messages get no cards: previews were switched on, or the node comes back, after it was said. */
export const newsMs = 3_600_000;
/** After percent signs for what is not ASCII. */
const urlCharsMax = 3 * limits.linkCharsMax;

/**
 * The addresses in a message that get a card: the first few of the web, each once. None in code and quotes, and none
 * that its author put between angle brackets, which says "no card".
 * @param ownOrigin whose pages are never asked
 */
export function linksOf(text: string, ownOrigin: string | null): string[] {
  const urls = new Set<string>();
  visitInlines(withoutQuotes(parseMarkdown(text)), (token) => {
    if (token.kind !== 'link' || !/^https?:/i.test(token.href) || !URL.canParse(token.href)) return true;
    if (text.includes(`<${token.href}>`)) return true;
    const url = new URL(token.href);
    url.hash = '';
    if (url.origin !== ownOrigin && url.username === '' && url.href.length <= urlCharsMax) urls.add(url.href);
    return urls.size < limits.messagePreviewsMax;
  });
  return [...urls];
}

function withoutQuotes(blocks: readonly Block[]): Block[] {
  return blocks.flatMap((block): Block[] => {
    if (block.kind === 'quote') return [];
    if (block.kind !== 'list') return [block];
    return [
      { ...block, items: block.items.map((item) => ({ ...item, blocks: withoutQuotes(item.blocks) })) },
    ];
  });
}

/** Null when there is nothing to show. */
export function cardOf(page: PageRow): Preview | null {
  const { id, url, title, excerpt, site, picture_width: width, picture_height: height } = page;
  if (title === null) return null;
  const picture = width === null || height === null ? {} : { picture: { width, height } };
  return { id, url, title, text: excerpt ?? '', site: site ?? new URL(url).host, ...picture };
}

// What turns the direction of text lets a title pose as another's; the rest cannot be stored or seen.
// oxlint-disable-next-line no-control-regex
const unfit = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]+/g;

/** One line of a stranger's words, at most so long; null when nothing is left. */
export function lineOf(text: string | undefined, charsMax: number): string | null {
  if (text === undefined) return null;
  const line = text.toWellFormed().replaceAll(unfit, ' ').replaceAll(/\s+/g, ' ').trim();
  const signs = Array.from(line.slice(0, 2 * charsMax));
  const isCut = signs.length > charsMax || line.length > 2 * charsMax;
  const short = isCut
    ? `${signs
        .slice(0, charsMax - 1)
        .join('')
        .trimEnd()}…`
    : line;
  return short === '' ? null : short;
}
