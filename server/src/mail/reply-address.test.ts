import { expect, it } from 'vitest';
import { makeReplyAddress, readReplyAddress, replyNameCharsMax } from './reply-address.ts';

const key = 'a key';
const dayMs = 24 * 3_600_000;
const now = Date.UTC(2026, 10, 24, 12);
const base = 'reply@chat.example.org';
const target = { userId: '1001', messageId: '999999999999999999' };
const made = makeReplyAddress(key, { base, ...target, expiresAt: now + 14 * dayMs });
const read = (address: string, at = now, by = key) => readReplyAddress(by, { base, address, now: at });

it('says who answers what, in letters of any case', () => {
  expect(made).toMatch(/^reply\+[a-z2-7]{52}@chat\.example\.org$/);
  expect(read(made)).toEqual(target);
  expect(read(made.toUpperCase())).toEqual(target);
});

it('fits before the @ of the longest name', () => {
  const long = `${'r'.repeat(replyNameCharsMax)}@example.org`;
  const address = makeReplyAddress(key, { base: long, ...target, expiresAt: now });
  expect(address.indexOf('@')).toBe(64);
  expect(readReplyAddress(key, { base: long, address, now })).toEqual(target);
});

it('expires', () => {
  expect(read(made, now + 14 * dayMs)).toEqual(target);
  expect(read(made, now + 16 * dayMs)).toBe('expired');
});

it('is ours alone to make', () => {
  const letters = made.slice('reply+'.length, 'reply+'.length + 52);
  const others = [
    base,
    '',
    'reply+@chat.example.org',
    made.replace('chat.', 'chat2.'),
    made.replace('reply+', 'reply-'),
    `${made}.example.com`,
    `x${made}`,
    made.replace(letters, letters.slice(1)),
    made.replace(letters, `${letters}a`),
    made.replace(letters, '0'.repeat(52)),
    made.replace(letters, 'a'.repeat(52)),
    ...Array.from({ length: 52 }, (_, n) => {
      const other = letters[n] === 'b' ? 'c' : 'b';
      return made.replace(letters, letters.slice(0, n) + other + letters.slice(n + 1));
    }),
  ];
  for (const address of others) expect(read(address), address).toBeNull();
  expect(read(made, now, 'another key')).toBeNull();
});
