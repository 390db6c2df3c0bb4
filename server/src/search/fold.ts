/**
 * Text as it is compared: without case, accents and width, words apart by one space, a space at both ends. Scripts that
 * put no spaces between words (Chinese, Japanese, Thai …) and Korean, whose words carry endings, stand in runs of their
 * own, in which anything is found anywhere.
 */
export interface Folded {
  readonly text: string;
  /** For each UTF-16 unit of `text`: where in the source the character it came from begins and ends. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** A character with what belongs to it: marks, half-width voicing, the rest of a decomposed Korean syllable. */
const characters = /[\s\S][\p{M}\uff9e\uff9f\u1160-\u11ff]*/gu;
/** Where accents are left out by people in a hurry. Elsewhere a mark makes another letter (か and が, и and й). */
const accented = /^[\p{scx=Latin}\p{scx=Greek}\p{scx=Arabic}\p{scx=Hebrew}]/u;
const unspaced =
  /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Bopo}\p{scx=Hang}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}\p{Extended_Pictographic}]/u;
const letter = /^[\p{L}\p{N}\p{M}_\p{Extended_Pictographic}]/u;
const alike: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ı: 'i',
  ς: 'σ',
  ё: 'е',
};

/** The same without places, for whoever compares only; most texts in some languages are plain ASCII, and quickly done. */
export function foldText(source: string): string {
  if (/\P{ASCII}/u.test(source)) return fold(source).text;
  const words = source
    .toLowerCase()
    .replaceAll(/[^a-z0-9_]+/g, ' ')
    .trim();
  return words === '' ? ' ' : ` ${words} `;
}

export function fold(source: string): Folded {
  let text = ' ';
  const starts = [0];
  const ends = [0];
  let last: 'space' | 'spaced' | 'unspaced' = 'space';
  const add = (piece: string, start: number, end: number): void => {
    text += piece;
    for (let n = 0; n < piece.length; n += 1) {
      starts.push(start);
      ends.push(end);
    }
  };
  for (const { 0: character, index } of source.matchAll(characters)) {
    const end = index + character.length;
    for (const piece of foldCharacter(character)) {
      const kind = piece === ' ' ? 'space' : isUnspaced(piece) ? 'unspaced' : 'spaced';
      if (last !== 'space' && kind !== last) add(' ', index, index);
      if (kind !== 'space') add(piece, index, end);
      last = kind;
    }
  }
  if (last !== 'space') add(' ', source.length, source.length);
  return { text, starts, ends };
}

export function isUnspaced(character: string): boolean {
  const code = character.charCodeAt(0);
  return code > 0x2ff && (isSettled(code) || unspaced.test(character));
}

/** The words of a folded text; each is of one kind of script. */
export function wordsOf(folded: string): string[] {
  return folded.split(' ').filter((word) => word !== '');
}

/** Chinese characters, kana and Korean syllables that are as they are to be: whole documents consist of them. */
function isSettled(code: number): boolean {
  return (
    (code >= 0x4e00 && code <= 0x9fff) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0x3041 && code <= 0x3096) ||
    (code >= 0x30a1 && code <= 0x30fa)
  );
}

function foldCharacter(character: string): Iterable<string> {
  const code = character.charCodeAt(0);
  if (character.length === 1 && isSettled(code)) return character;
  if (character.length === 1 && code < 0x80) return isPlainLetter(code) ? character.toLowerCase() : ' ';
  // Invisible ones, such as soft hyphens, are not there.
  if (/^\p{Cf}/u.test(character)) return '';
  const plain = character.normalize('NFKC').toLowerCase();
  const bare = accented.test(plain) ? plain.normalize('NFD').replaceAll(/\p{Mn}/gu, '') : plain;
  return Array.from(bare, (one) => alike[one] ?? one)
    .map((one) => (letter.test(one) ? one : ' '))
    .join('');
}

function isPlainLetter(code: number): boolean {
  return (
    (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95
  );
}
