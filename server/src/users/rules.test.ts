import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  plainEmail,
  plainStatus,
  proposeHandles,
  refuseReserved,
  refuseUnknownLanguage,
  refuseUnknownZone,
} from './rules.ts';

function first(count: number, name: string, email = 'x@example.org'): string[] {
  const found: string[] = [];
  for (const handle of proposeHandles(name, email)) {
    found.push(handle);
    if (found.length === count) break;
  }
  return found;
}

describe('handles for who chose none', () => {
  it.each([
    ['Ada Lovelace', 'ada.lovelace'],
    ['  José  Ñandú ', 'jose.nandu'],
    ['Łukasz Żak', 'lukasz.zak'],
    ['Straßer, Jörg', 'strasser.jorg'],
    ["Miles O'Brien", 'miles.obrien'],
    ['--Dash--', 'dash'],
    ['R2-D2', 'r2-d2'],
  ])('%s becomes %s', (name, handle) => {
    expect(first(1, name)).toEqual([handle]);
  });

  it('come from the address where the name has no Latin letter', () => {
    expect(first(1, '山田 太郎', 'Taro.Yamada+chat@example.org')).toEqual(['taro.yamada.chat']);
    expect(first(1, '山田', '太郎@example.org')).toEqual(['person']);
  });

  it('are numbered when the first is taken, and never reserved', () => {
    expect(first(3, 'Ada')).toEqual(['ada', 'ada2', 'ada3']);
    expect(first(2, 'Everyone')).toEqual(['everyone2', 'everyone3']);
  });

  it('always fit the schema', () => {
    const pattern = /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/;
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (name) => {
        for (const handle of first(12, name)) {
          expect(handle).toMatch(pattern);
          expect(handle.length).toBeLessThanOrEqual(32);
        }
      }),
    );
    for (const handle of first(120, 'a.'.repeat(40))) {
      expect(handle).toMatch(pattern);
      expect(handle.length).toBeLessThanOrEqual(32);
    }
  });

  it.each(['all', 'here', 'channel', 'everyone', 'me'])('%s is taken', (handle) => {
    expect(() => refuseReserved(handle)).toThrow(
      expect.objectContaining({ code: 'taken', data: { field: 'handle' } }),
    );
  });
});

describe('a time zone', () => {
  it.each([
    'UTC',
    'Europe/Lisbon',
    'America/Argentina/Buenos_Aires',
    'Asia/Kolkata',
    'Etc/GMT+5',
    'US/Pacific',
  ])('%s is one', (zone) => {
    expect(() => refuseUnknownZone(zone)).not.toThrow();
  });

  it.each(['', 'Mars/Olympus', '+01:00', 'Europe/Lisbon; drop', 'Europe/Lis\u0000bon', 'Europe/', '../etc'])(
    '%j is none',
    (zone) => {
      expect(() => refuseUnknownZone(zone)).toThrow(expect.objectContaining({ code: 'invalid' }));
    },
  );
});

describe('a language', () => {
  it.each(['', 'en', 'pt-BR', 'zh-Hant-TW'])('%j is one', (language) => {
    expect(() => refuseUnknownLanguage({ language })).not.toThrow();
  });

  it.each(['e', 'english language', 'en_US!', 'de\u0000'])('%j is none', (language) => {
    expect(() => refuseUnknownLanguage({ language })).toThrow(expect.objectContaining({ code: 'invalid' }));
  });
});

describe('a status', () => {
  it('is trimmed, and null when it says nothing', () => {
    expect(plainStatus({ text: ' away ', emoji: '🌴', until: 5 })).toEqual({
      text: 'away',
      emoji: '🌴',
      until: 5,
    });
    expect(plainStatus({ text: '', emoji: '🌴', until: null })).toEqual({
      text: '',
      emoji: '🌴',
      until: null,
    });
    expect(plainStatus({ text: 'busy', emoji: '', until: null })).toEqual({
      text: 'busy',
      emoji: null,
      until: null,
    });
    expect(plainStatus({ text: ' ', emoji: null, until: 5 })).toBeNull();
    expect(plainStatus(null)).toBeNull();
  });

  it('is refused when it turns or hides text', () => {
    expect(() => plainStatus({ text: 'a\u202eb', emoji: null, until: null })).toThrow();
    expect(() => plainStatus({ text: 'a', emoji: 'a\u0000', until: null })).toThrow();
  });
});

describe('an address', () => {
  it('keeps its case and loses white space', () => {
    expect(plainEmail(' Ada@Example.org')).toBe('Ada@Example.org');
  });

  it('is refused with what cannot be stored', () => {
    expect(() => plainEmail('a\u0000@example.org')).toThrow(expect.objectContaining({ code: 'invalid' }));
  });
});
