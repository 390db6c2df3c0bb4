import { describe, expect, it } from 'vitest';
import { readRedisUrl } from './redis-address.ts';

const plain = {
  hosts: [{ host: 'redis', port: 6379 }],
  master: null,
  username: null,
  password: null,
  sentinelPassword: null,
  database: 0,
  tls: false,
  caFile: null,
};

describe('REDIS_URL', () => {
  it.each([
    ['redis://redis', plain],
    ['redis://redis:6380/3', { ...plain, hosts: [{ host: 'redis', port: 6380 }], database: 3 }],
    ['redis://:s%40cret@redis', { ...plain, password: 's@cret' }],
    ['redis://ann:100%@redis/', { ...plain, username: 'ann', password: '100%' }],
    ['redis://[::1]:6380', { ...plain, hosts: [{ host: '::1', port: 6380 }] }],
    ['rediss://redis?ca=%2Fetc%2Fca.pem', { ...plain, tls: true, caFile: '/etc/ca.pem' }],
    [
      'redis+sentinel://:secret@s1,s2:26380,s3/main/2?sentinel_password=other',
      {
        ...plain,
        hosts: [
          { host: 's1', port: 26_379 },
          { host: 's2', port: 26_380 },
          { host: 's3', port: 26_379 },
        ],
        master: 'main',
        password: 'secret',
        sentinelPassword: 'other',
        database: 2,
      },
    ],
  ])('reads %s', (text, address) => expect(readRedisUrl(text)).toEqual(address));

  it.each([
    'redis',
    'http://redis',
    'redis://',
    'redis://a,b',
    'redis://redis:99999',
    'redis://redis/zero',
    'redis://redis/0/1',
    'redis://redis?ca=/etc/ca.pem',
    'rediss://redis?cert=x',
    'redis+sentinel://s1,s2',
    'redis+sentinel://s1,,s2/main',
  ])('refuses %s', (text) => expect(readRedisUrl(text)).toBeNull());
});
