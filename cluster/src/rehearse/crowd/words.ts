/** What the crowd says: each message names its speaker and counts, so that anybody can tell what is missing. */

/** `count` goes 1, 2, 3 … for one speaker in one room. */
export interface Word {
  readonly speaker: number;
  readonly count: number;
}

const pattern = /^(\S+) p(\d+) #(\d+)(?: |$)/;
const filler = 'The quick answer is that the plan holds, and the long one follows after lunch.';

/** @param run tells the messages of one rehearsal from those of another in the same room. */
export function sayWord(run: string, { speaker, count }: Word, mention = ''): string {
  return `${run} p${speaker} #${count} ${mention}${filler.slice(0, 20 + ((speaker * 7 + count * 13) % 58))}`;
}

/** Null for what somebody else said, or another rehearsal. */
export function readWord(run: string, text: string): Word | null {
  const found = pattern.exec(text);
  return found?.[1] === run ? { speaker: Number(found[2]), count: Number(found[3]) } : null;
}

/** A number that depends on all words heard so far and on their order. */
export function stirWord(before: number, { speaker, count }: Word): number {
  const mixed = Math.imul(before ^ speaker, 0x01000193);
  return Math.imul(mixed ^ count, 0x01000193) >>> 0;
}
