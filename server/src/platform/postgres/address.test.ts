import { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import { inDatabase, readServers } from './index.ts';

/** What the driver makes of it. */
function places(url: string) {
  const servers = readServers({ url });
  return servers?.map(({ config }) => {
    const { host, port, user, database, password } = new Client(config);
    return [host, port, user, database, password];
  });
}

describe('the address of a database', () => {
  it.each([
    ['postgres://ann:pw@db.example.org:6432/confab', [['db.example.org', 6432, 'ann', 'confab', 'pw']]],
    ['postgresql://ann:p%40w@db/confab', [['db', 5432, 'ann', 'confab', 'p@w']]],
    [
      'postgres://ann:pw@a:5433,b,[::1]:5434/confab?target_session_attrs=read-write&connect_timeout=3',
      [
        ['a', 5433, 'ann', 'confab', 'pw'],
        ['b', 5432, 'ann', 'confab', 'pw'],
        ['::1', 5434, 'ann', 'confab', 'pw'],
      ],
    ],
    [
      'postgres://ann@/confab?host=a,b&port=5433,5434',
      [
        ['a', 5433, 'ann', 'confab', null],
        ['b', 5434, 'ann', 'confab', null],
      ],
    ],
    ['postgres://ann@/confab?host=%2Frun%2Fpg&port=5433', [['/run/pg', 5433, 'ann', 'confab', null]]],
  ])('%s', (url, expected) => {
    expect(places(url)).toEqual(expected);
  });

  it.each([
    'mysql://ann@db/confab',
    'postgres://ann@db',
    'postgres://ann@db/',
    'postgres://ann@a,,b/confab',
    'postgres://ann@a:port/confab',
    'postgres://ann@/confab?host=a,b,c&port=1,2',
    'postgres://ann@a,b/confab?target_session_attrs=standby',
  ])('%s is none', (url) => {
    expect(readServers({ url })).toBeNull();
  });

  it('hands TLS settings on to the driver, for each host', () => {
    const servers = readServers({ url: 'postgres://ann@a,b/confab?sslmode=verify-full' });
    expect(servers?.map(({ config }) => new Client(config).ssl)).toEqual([{}, {}]);
  });

  it('names another database of the same servers', () => {
    const url = (from: string) => (inDatabase({ url: from }, 'other') as { url: string }).url;
    expect(url('postgres://ann:pw@a:1,b:2/confab?sslmode=disable')).toBe(
      'postgres://ann:pw@a:1,b:2/other?sslmode=disable',
    );
    expect(url('postgres://ann@/confab?host=/run')).toBe('postgres://ann@/other?host=/run');
  });
});
