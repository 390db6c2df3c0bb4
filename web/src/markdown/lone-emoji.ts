import type { Block, Inline } from '@confab/protocol/markdown';

/** How many emoji the message is made of; 0 when there is anything else in it. */
export function countOfLoneEmoji(blocks: readonly Block[]): number {
  const [block] = blocks;
  if (blocks.length !== 1 || block?.kind !== 'paragraph') return 0;
  const counts = block.children.map(countIn);
  return counts.includes(null) ? 0 : counts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
}

/** null when it is not only emoji and spaces */
function countIn(token: Inline): number | null {
  if (token.kind === 'emoji') return 1;
  if (token.kind !== 'text' || token.text.length > 200 || /\p{L}/u.test(token.text)) return null;
  const signs = Array.from(new Intl.Segmenter().segment(token.text), ({ segment }) => segment);
  const shown = signs.filter((sign) => sign.trim() !== '');
  return shown.every((sign) => /\p{Extended_Pictographic}|\p{RI}{2}|^[\d#*]\uFE0F?\u20E3$/u.test(sign))
    ? shown.length
    : null;
}
