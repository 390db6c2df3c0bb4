import { limits } from '../limits.ts';
import type { Inline } from './tokens.ts';

const handle = /[a-z0-9][a-z0-9._-]*/iy;
const roomName = /[\p{L}\p{N}][\p{L}\p{M}\p{N}._-]*/uy;
const shortcode = /[a-z0-9_+-]{1,64}(?=:)/y;
const letter = /[\p{L}\p{M}\p{N}_]/u;

type Word = { token: Inline; to: number };

/** What stands before a word: the character, or '' at the start; and whether that character closes an emoji. */
type Before = { sign: string; emoji: boolean };

/** The mention, room link or emoji that begins at `at`. */
export function readWord(text: string, at: number, before: Before): Word | undefined {
  if (letter.test(before.sign)) return undefined;
  const sign = text[at];
  if (sign === '@') return readMention(text, at);
  // &#39; is how some programs write an apostrophe
  if (sign === '#') return before.sign === '&' ? undefined : readRoom(text, at);
  // std::vector::iterator holds no emoji
  return before.sign === ':' && !before.emoji ? undefined : readEmoji(text, at);
}

function readMention(text: string, at: number): Word | undefined {
  const name = wordAt(handle, text, at + 1, limits.handleCharsMax);
  if (name === undefined) return undefined;
  const lower = name.toLowerCase();
  const token: Inline =
    lower === 'all' || lower === 'here'
      ? { kind: 'everyone', who: lower }
      : { kind: 'mention', handle: name };
  return { token, to: at + 1 + name.length };
}

function readRoom(text: string, at: number): Word | undefined {
  const name = wordAt(roomName, text, at + 1, limits.roomNameCharsMax);
  return name === undefined ? undefined : { token: { kind: 'room', name }, to: at + 1 + name.length };
}

function readEmoji(text: string, at: number): Word | undefined {
  shortcode.lastIndex = at + 1;
  const name = shortcode.exec(text)?.[0];
  if (name === undefined) return undefined;
  return { token: { kind: 'emoji', shortcode: name }, to: at + name.length + 2 };
}

/** The longest word at `at`, without the punctuation that ends a sentence; undefined when it is too long or runs on. */
function wordAt(pattern: RegExp, text: string, at: number, charsMax: number): string | undefined {
  pattern.lastIndex = at;
  const found = pattern.exec(text)?.[0];
  if (found === undefined) return undefined;
  const following = String.fromCodePoint(text.codePointAt(at + found.length) ?? 32);
  let end = found.length;
  while (/[._-]/.test(found[end - 1] ?? '')) end -= 1;
  const word = found.slice(0, end);
  if (word.length === found.length && letter.test(following)) return undefined;
  return word.length > charsMax ? undefined : word;
}
