/** What may stand in a profile. Texts follow kit/plain-line.ts. */
import { limits, type Preferences, type Status } from '@confab/protocol';
import { plainLine } from '../kit/plain-line.ts';
import { Refusal } from '../kit/refusal.ts';

/** What a mention or an address in the program already means. */
const reservedHandles: readonly string[] = ['all', 'here', 'channel', 'everyone', 'me'];

/** @throws Refusal taken */
export function refuseReserved(handle: string): void {
  if (reservedHandles.includes(handle)) throw new Refusal('taken', { field: 'handle' });
}

/**
 * Handles for a person who chose none, best first: from the name, else from the address.
 * Latin letters lose their marks; where nothing of the name is left (other writing), the address serves.
 */
export function* proposeHandles(name: string, email: string): Generator<string, never> {
  const base = handleOf(name) || handleOf(email.slice(0, email.lastIndexOf('@'))) || 'person';
  if (!reservedHandles.includes(base)) yield base;
  for (let number = 2; ; number += 1) {
    const end = String(number);
    yield trimmed(base.slice(0, limits.handleCharsMax - end.length)) + end;
  }
}

/** Letters that do not come apart into a plain letter and a mark. */
const plainLetters: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};

function handleOf(text: string): string {
  const latin = text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .replace(/['’]/g, '')
    .replace(/[^\u0020-\u007f]/g, (letter) => plainLetters[letter] ?? ' ');
  return trimmed(
    latin
      .replace(/[^a-z0-9_-]+/g, '.')
      .replace(/^[._-]+/, '')
      .slice(0, limits.handleCharsMax),
  );
}

/** A handle begins and ends with a letter or digit. */
function trimmed(text: string): string {
  return text.replace(/[._-]+$/, '');
}

/** An address as it is stored: compared without case, kept as written. @throws Refusal invalid */
export function plainEmail(email: string): string {
  return plainLine(email, { path: '/email' });
}

/** @throws Refusal invalid for what is no IANA zone */
export function refuseUnknownZone(timeZone: string): void {
  if (!/^[A-Za-z][\w+/-]*$/.test(timeZone) || !isKnown(() => new Intl.DateTimeFormat('en', { timeZone }))) {
    throw new Refusal('invalid', {
      path: '/timeZone',
      expected: 'an IANA time zone, such as Europe/Lisbon',
    });
  }
}

/** @throws Refusal invalid for a language that is no BCP 47 tag; empty is the browser's own */
export function refuseUnknownLanguage({ language }: Partial<Preferences>): void {
  if (language === undefined || language === '') return;
  if (!isKnown(() => Intl.getCanonicalLocales(language))) {
    throw new Refusal('invalid', {
      path: '/preferences/language',
      expected: 'a language tag, such as pt-BR',
    });
  }
}

/** Preferences as they are stored. @throws Refusal invalid */
export function plainPreferences(change: Partial<Preferences>): Partial<Preferences> {
  refuseUnknownLanguage(change);
  if (change.keywords === undefined) return change;
  const keywords = change.keywords.map((word) => plainLine(word, { path: '/preferences/keywords' }));
  return { ...change, keywords: [...new Set(keywords)] };
}

function isKnown(look: () => unknown): boolean {
  try {
    look();
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** A status as it is stored: null when it says nothing. @throws Refusal invalid */
export function plainStatus(status: Status | null): Status | null {
  if (status === null) return null;
  const text = plainLine(status.text, { path: '/status/text', mayBeEmpty: true });
  const emoji = plainLine(status.emoji ?? '', { path: '/status/emoji', mayBeEmpty: true });
  return text === '' && emoji === '' ? null : { text, emoji: emoji || null, until: status.until };
}
