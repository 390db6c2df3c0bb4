import { en, type Words } from './en/index.ts';

const accents: Readonly<Record<string, string>> = {
  a: 'á',
  c: 'ç',
  d: 'ð',
  e: 'é',
  g: 'ĝ',
  h: 'ĥ',
  i: 'î',
  j: 'ĵ',
  k: 'ķ',
  l: 'ļ',
  n: 'ñ',
  o: 'ô',
  r: 'ŕ',
  s: 'š',
  t: 'ţ',
  u: 'û',
  w: 'ŵ',
  y: 'ý',
  z: 'ž',
  A: 'Á',
  C: 'Ç',
  D: 'Ð',
  E: 'É',
  G: 'Ĝ',
  I: 'Î',
  L: 'Ļ',
  M: 'Ḿ',
  N: 'Ñ',
  O: 'Ô',
  R: 'Ŕ',
  S: 'Š',
  T: 'Ţ',
  U: 'Û',
  W: 'Ŵ',
  Y: 'Ý',
  Z: 'Ž',
};

/** English with accents, a third longer, from right to left: for looking at the page without reading it. */
export const pseudo = accented(en) as Words;

function accented(words: unknown): unknown {
  if (typeof words === 'string') return accentedText(words);
  if (typeof words === 'function') return (...args: unknown[]) => accentedText(String(words(...args)));
  return Object.fromEntries(Object.entries(words as object).map(([name, value]) => [name, accented(value)]));
}

function accentedText(text: string): string {
  const written = text.replace(/\{\w+\}|./gs, (piece) => accents[piece] ?? piece);
  return written + '~'.repeat(Math.ceil(text.length / 3));
}
