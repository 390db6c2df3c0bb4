import { describe, expect, it } from 'vitest';
import { parseQuery, type Query } from './parse-query.ts';

const now = Date.UTC(2026, 10, 24, 23, 30);
const parse = (text: string, timeZone = 'UTC'): Query => parseQuery(text, { now, timeZone });
const needles = (text: string): string[] => parse(text).terms.map(({ needle }) => needle);
const day = (text: string): number => Date.parse(`${text}T00:00:00Z`);

describe('words', () => {
  it.each<[string, string[]]>([
    ['tea Time', [' tea ', ' time ']],
    ['"tea time"', [' tea time ']],
    ['"no end', [' no end ']],
    ['„tea time“', [' tea time ']],
    ['tea*', [' tea']],
    ['*ing', ['ing ']],
    ['*midd*', ['midd']],
    ['foo-bar', [' foo bar ']],
    ['Crème BRÛLÉE', [' creme ', ' brulee ']],
    ['Straße', [' strasse ']],
    ['ＦＵＬＬ', [' full ']],
    ['東京', ['東京']],
    ['東京Tower', ['東京 tower ']],
    ['ｶﾞﾗｽ', ['ガラス']],
    ['한국어', ['한국어']],
    ['한국어'.normalize('NFD'), ['한국어']],
    ['Ёлка', [' елка ']],
    ['ünknown:thing', [' unknown thing ']],
    ['http://a.b/c?d', [' http a b c d ']],
    ["'; drop table users; --", [' drop ', ' table ', ' users ']],
    ['from:', [' from ']],
    ['... !!! - "" *', []],
    ['', []],
  ])('%s', (text, expected) => {
    expect(needles(text)).toEqual(expected);
    expect(parse(text).problems).toEqual([]);
  });

  it('leaves out', () => {
    expect(parse('tea -milk -"two sugars" re-do').terms).toMatchObject([
      { needle: ' tea ', excluded: false },
      { needle: ' milk ', excluded: true },
      { needle: ' two sugars ', excluded: true },
      { needle: ' re do ', excluded: false },
    ]);
  });

  it.each([
    ['a*', { kind: 'short', value: 'a*' }],
    ['*ab*', { kind: 'short', value: '*ab*' }],
    ['before:tuesdayish', { kind: 'date', value: 'tuesdayish' }],
    ['during:2026-02-30', { kind: 'date', value: '2026-02-30' }],
    ['has:money', { kind: 'has', value: 'money' }],
    ['is:constructor', { kind: 'is', value: 'constructor' }],
  ])('%s says what is wrong', (text, problem) => {
    expect(parse(`tea ${text}`).problems).toEqual([problem]);
  });

  it('of a long query says that there are too many', () => {
    const query = parse('word '.repeat(2_000));
    expect(query.terms).toHaveLength(24);
    expect(query.problems).toEqual([{ kind: 'many', value: 'word' }]);
  });
});

describe('operators', () => {
  it('people and rooms', () => {
    expect(parse('from:@Ann -in:#Random to:me FROM:"Bob Lee"').named).toEqual([
      { kind: 'from', name: 'ann', excluded: false },
      { kind: 'in', name: 'random', excluded: true },
      { kind: 'to', name: 'me', excluded: false },
      { kind: 'from', name: 'bob lee', excluded: false },
    ]);
  });

  it('has and is', () => {
    const { flags, terms } = parse('has:links has:code is:pinned -is:thread is:saved has：reaction');
    expect(flags.map(({ name, excluded }) => `${excluded ? '-' : ''}${name}`)).toEqual([
      'link',
      'code',
      'pin',
      '-thread',
      'saved',
      'reaction',
    ]);
    expect(terms).toEqual([]);
  });
});

describe('dates', () => {
  it.each<[string, string, string | null, string | null]>([
    ['before:2026-11-24', 'UTC', null, '2026-11-24T00:00Z'],
    ['after:2026-11-24', 'UTC', '2026-11-25T00:00Z', null],
    ['during:2026-11', 'UTC', '2026-11-01T00:00Z', '2026-12-01T00:00Z'],
    ['during:2026-12-31', 'UTC', '2026-12-31T00:00Z', '2027-01-01T00:00Z'],
    ['during:today', 'UTC', '2026-11-24T00:00Z', '2026-11-25T00:00Z'],
    ['during:today', 'Asia/Tokyo', '2026-11-24T15:00Z', '2026-11-25T15:00Z'],
    ['during:yesterday', 'America/Los_Angeles', '2026-11-23T08:00Z', '2026-11-24T08:00Z'],
    ['during:week', 'UTC', '2026-11-23T00:00Z', '2026-11-30T00:00Z'],
    ['during:2026-03-29', 'Europe/Berlin', '2026-03-28T23:00Z', '2026-03-29T22:00Z'],
    ['after:2025 before:2026-10-25', 'Europe/Berlin', '2025-12-31T23:00Z', '2026-10-24T22:00Z'],
    ['after:2025 after:2026-01', 'UTC', '2026-02-01T00:00Z', null],
  ])('%s in %s', (text, timeZone, from, before) => {
    const moment = (value: string | null): number | null => (value === null ? null : Date.parse(value));
    expect(parse(text, timeZone)).toMatchObject({ from: moment(from), before: moment(before), problems: [] });
  });

  it('this year', () => {
    expect(parse('during:year')).toMatchObject({ from: day('2026-01-01'), before: day('2027-01-01') });
  });
});
