/** Addresses to which a person answers a message by mail: whoever knows one may write there, until it expires. Pure. */
import { createHmac, timingSafeEqual } from 'node:crypto';

export interface ReplyTarget {
  readonly userId: string;
  readonly messageId: string;
}

const dayMs = 24 * 3_600_000;
/** Mail servers may turn letters small: only those that are small already, and digits (RFC 4648, 6). */
const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';
const wordBytes = 18;
/** 112 bits. With the words they make 52 letters; what stands before an @ may have 64. */
const sealBytes = 14;
const letters = 52;

/** What stands before the `+` of a reply address, at most. */
export const replyNameCharsMax = 64 - 1 - letters;

/** @param base such as reply@chat.example.org */
export function makeReplyAddress(
  key: string,
  { base, userId, messageId, expiresAt }: ReplyTarget & { base: string; expiresAt: number },
): string {
  const words = Buffer.alloc(wordBytes);
  words.writeBigUInt64BE(BigInt(userId), 0);
  words.writeBigUInt64BE(BigInt(messageId), 8);
  words.writeUInt16BE(Math.ceil(expiresAt / dayMs), 16);
  const at = base.lastIndexOf('@');
  return `${base.slice(0, at)}+${encode(Buffer.concat([words, sealOf(key, words)]))}${base.slice(at)}`;
}

/** @returns null for what is none of ours */
export function readReplyAddress(
  key: string,
  { base, address, now }: { base: string; address: string; now: number },
): ReplyTarget | 'expired' | null {
  const at = base.lastIndexOf('@');
  const [head, tail] = [`${base.slice(0, at)}+`.toLowerCase(), base.slice(at).toLowerCase()];
  const given = address.toLowerCase();
  if (!given.startsWith(head) || !given.endsWith(tail)) return null;
  const bytes = decode(given.slice(head.length, given.length - tail.length));
  if (bytes === null) return null;
  const words = bytes.subarray(0, wordBytes);
  if (!timingSafeEqual(bytes.subarray(wordBytes), sealOf(key, words))) return null;
  if (words.readUInt16BE(16) * dayMs < now) return 'expired';
  return { userId: String(words.readBigUInt64BE(0)), messageId: String(words.readBigUInt64BE(8)) };
}

function sealOf(key: string, words: Buffer): Buffer {
  return createHmac('sha256', key).update('reply\n').update(words).digest().subarray(0, sealBytes);
}

function encode(bytes: Buffer): string {
  const bits = [...bytes]
    .map((byte) => byte.toString(2).padStart(8, '0'))
    .join('')
    .padEnd(letters * 5, '0');
  return Array.from(
    { length: letters },
    (_, n) => alphabet[Number.parseInt(bits.slice(n * 5, n * 5 + 5), 2)],
  ).join('');
}

/** @returns null for what `encode` does not make */
function decode(text: string): Buffer | null {
  if (!/^[a-z2-7]{52}$/.test(text)) return null;
  const bits = Array.from(text, (letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const bytes = Buffer.from(
    Array.from({ length: wordBytes + sealBytes }, (_, n) => Number.parseInt(bits.slice(n * 8, n * 8 + 8), 2)),
  );
  return encode(bytes) === text ? bytes : null;
}
