import type { Random } from '../platform/random/index.ts';

/** A line of a conversation, see conversations.ts. */
export type StoryLine =
  | { readonly kind: 'say'; readonly handle: string; readonly text: string; readonly isReply: boolean }
  | { readonly kind: 'react'; readonly emoji: string; readonly handles: readonly string[] };

export function readLine(line: string): StoryLine {
  if (line.startsWith('+ ')) {
    const [emoji = '', ...handles] = line.slice(2).split(' ');
    return { kind: 'react', emoji, handles };
  }
  const isReply = line.startsWith('> ');
  const said = isReply ? line.slice(2) : line;
  const colon = said.indexOf(': ');
  return { kind: 'say', handle: said.slice(0, colon), text: said.slice(colon + 2), isReply };
}

/** The lines of an exchange with its blanks filled, see work-talk.ts. */
export function readExchange(
  exchange: string,
  { random, frame }: { random: Random; frame: number },
): StoryLine[] {
  const filled = exchange.replace(/\{([^{}]+)\}/g, (_, blank: string) => {
    if (blank === 'frame') return String(frame);
    const [, low, high] = /^(\d+)-(\d+)$/.exec(blank) ?? [];
    if (low === undefined || high === undefined) return pick(random, blank.split('|'));
    return String(Number(low) + Math.floor(random.fraction() * (Number(high) - Number(low) + 1)));
  });
  return filled.split('\n').map(readLine);
}

export function pick<Item>(random: Random, items: readonly Item[]): Item {
  const item = items[Math.floor(random.fraction() * items.length)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}

/** Deals what there is in a random order, and again when all has been dealt. */
export function createDeck<Item>(random: Random, items: readonly Item[]): () => Item {
  let left: Item[] = [];
  return () => {
    if (left.length === 0) left = [...items];
    const item = pick(random, left);
    left.splice(left.indexOf(item), 1);
    return item;
  };
}
