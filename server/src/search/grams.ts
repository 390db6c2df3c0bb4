/**
 * What an index of messages is looked up by: small numbers for words, their beginnings, three letters in a row, and for
 * scripts without spaces one and two characters. A number may stand for several things, so that whatever it finds is
 * looked at again; what it does not find is not there.
 *
 * Each number also carries the segment of its message, 32,768 ids in a row: the newest segments are asked first, and a
 * word that is everywhere costs no more than its first few segments. The segment stands in front, so that messages of one
 * time have their numbers side by side: whoever writes them touches few pages, however large the index is.
 */
import { isUnspaced } from './fold.ts';

const segmentBits = 15n;
export const segmentIds = 2 ** Number(segmentBits);
/** Of the 32 bits of a number; segments further apart than these can tell share their numbers. */
const segmentBitsKept = 10;
export const prefixCharsMin = 2;
export const partCharsMin = 3;
/** Ten megabytes or so. */
const wordsRememberedMax = 50_000;

export function segmentOf(messageId: string): number {
  return Number(BigInt(messageId) >> segmentBits);
}

/** What is to be found of one word. `open`: something may stand before or after it. */
export interface Wanted {
  readonly word: string;
  readonly openBefore: boolean;
  readonly openAfter: boolean;
}

/** What each word is found by in a segment. */
export type GramsOfWord = (segment: number, word: string) => readonly number[];

/** Words come again and again: remembers them for as long as it is asked about one segment. */
export function createWordMemory(): GramsOfWord {
  const known = new Map<string, readonly number[]>();
  let of = -1;
  return (segment, word) => {
    if (segment !== of || known.size >= wordsRememberedMax) known.clear();
    of = segment;
    const before = known.get(word);
    if (before) return before;
    const grams = Array.from(featuresOfWord(word), (feature) => gramOf(segment, feature));
    known.set(word, grams);
    return grams;
  };
}

function featuresOfWord(word: string): Set<string> {
  const features = new Set<string>();
  if (isUnspaced(word)) {
    addCharacters(features, Array.from(word));
  } else {
    addLetters(features, { word, openBefore: false, openAfter: false });
    addParts(features, word);
  }
  return features;
}

/** What a text has if it has this word; nothing for what is too short. */
export function featuresWanted(wanted: Wanted): string[] {
  const features = new Set<string>();
  const { word, openBefore, openAfter } = wanted;
  if (isUnspaced(word)) {
    const all = Array.from(word);
    if (all.length === 1) features.add(`c${word}`);
    for (let n = 0; n + 1 < all.length; n += 1) features.add(`d${all[n]}${all[n + 1]}`);
    return [...features];
  }
  if (!openBefore && !openAfter) return [`w${word}`];
  addLetters(features, wanted);
  addParts(features, word);
  return [...features];
}

function addCharacters(features: Set<string>, all: readonly string[]): void {
  for (const [n, character] of all.entries()) {
    features.add(`c${character}`);
    const next = all[n + 1];
    if (next !== undefined) features.add(`d${character}${next}`);
  }
}

function addLetters(features: Set<string>, { word, openBefore, openAfter }: Wanted): void {
  if (!openBefore && !openAfter) features.add(`w${word}`);
  if (!openBefore && word.length >= prefixCharsMin) features.add(`p${word.slice(0, prefixCharsMin)}`);
}

function addParts(features: Set<string>, word: string): void {
  for (let n = 0; n + partCharsMin <= word.length; n += 1)
    features.add(`t${word.slice(n, n + partCharsMin)}`);
}

/** A feature within a segment, as a signed number of 32 bits: the segment, then FNV-1a with its bits mixed at the end. */
export function gramOf(segment: number, feature: string): number {
  let hash = 0x811c9dc5;
  for (let n = 0; n < feature.length; n += 1) {
    hash = Math.imul(hash ^ feature.charCodeAt(n), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  hash ^= hash >>> 16;
  return (segment << (32 - segmentBitsKept)) | (hash >>> segmentBitsKept);
}
