/** Words that travel through mailboxes and come back, and are believed because nobody else can write them. Pure. */
import { createHmac, timingSafeEqual } from 'node:crypto';

/** 128 bits: nobody tries them all. */
const sealBytes = 16;

function sealOf(key: string, { purpose, words }: { purpose: string; words: string }): Buffer {
  return createHmac('sha256', key).update(`${purpose}\n${words}`).digest().subarray(0, sealBytes);
}

/**
 * @param sealed.purpose what it is good for: it opens nothing else
 * @param sealed.words without a dot
 * @returns letters, digits, `-`, `_` and one dot
 */
export function seal(key: string, sealed: { purpose: string; words: string }): string {
  return `${sealed.words}.${sealOf(key, sealed).toString('base64url')}`;
}

/** @returns the words; null for what was not sealed with this key for this purpose */
export function unseal(key: string, { purpose, text }: { purpose: string; text: string }): string | null {
  const [words = '', given = '', ...more] = text.split('.');
  const bytes = Buffer.from(given, 'base64url');
  const right = sealOf(key, { purpose, words });
  return more.length === 0 && bytes.length === right.length && timingSafeEqual(bytes, right) ? words : null;
}
