import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { configurationDocument } from './config-document.ts';
import { readConfig, settings, unknownVariables } from './config.ts';
import { Problem } from './platform/problem.ts';

describe('config', () => {
  it('needs nothing', () => {
    expect(readConfig({}, {})).toMatchObject({
      dataFolder: resolve('data'),
      host: 'localhost',
      port: 8080,
      publicUrl: null,
      databaseUrl: null,
      databaseDirectUrl: null,
      redisUrl: null,
      databaseConnections: 10,
      logLevel: 'info',
      logFormat: 'auto',
      eventRetentionDays: 30,
      trustedProxies: [],
      demo: false,
      drainSeconds: 20,
    });
  });

  it('takes a flag before the environment, and takes an empty variable for none', () => {
    expect(readConfig({ port: '1' }, { CONFAB_PORT: '2' }).port).toBe(1);
    expect(readConfig({}, { CONFAB_PORT: '2' }).port).toBe(2);
    expect(readConfig({}, { CONFAB_PORT: '' }).port).toBe(8080);
  });

  it('keeps the demo in a folder of its own, unless told which', () => {
    expect(readConfig({ demo: true }, {}).dataFolder).toBe(resolve('data/demo'));
    expect(readConfig({}, { CONFAB_DEMO: 'yes' }).dataFolder).toBe(resolve('data/demo'));
    expect(readConfig({ demo: true, dataFolder: '/x' }, {}).dataFolder).toBe('/x');
    expect(readConfig({ demo: true }, { CONFAB_DATA: '/y' }).dataFolder).toBe('/y');
  });

  it.each([
    ['CONFAB_PORT', 'tcp://10.0.0.1:80', 'a whole number from 0 to 65535'],
    ['CONFAB_PORT', '65536', 'a whole number from 0 to 65535'],
    ['CONFAB_PORT', '80.5', 'a whole number from 0 to 65535'],
    ['CONFAB_PORT', '-1', 'a whole number from 0 to 65535'],
    ['CONFAB_HOST', 'a b', 'a host name or an IP address'],
    ['CONFAB_URL', 'chat.example.org', 'a URL like https://chat.example.org, without a path'],
    ['CONFAB_URL', 'https://chat.example.org/chat', 'a URL like https://chat.example.org, without a path'],
    ['CONFAB_URL', 'ftp://chat.example.org', 'a URL like https://chat.example.org, without a path'],
    [
      'CONFAB_TRUSTED_PROXIES',
      '10.0.0.1,proxy',
      'IP addresses or networks like 10.0.0.0/8, separated by commas',
    ],
    [
      'CONFAB_TRUSTED_PROXIES',
      '10.0.0.0/33',
      'IP addresses or networks like 10.0.0.0/8, separated by commas',
    ],
    ['CONFAB_MAIL_FROM', 'Chat <chat@example.org>', 'a mail address like chat@example.org'],
    ['CONFAB_LOG_LEVEL', 'loud', 'debug, info, warn, error or silent'],
    ['CONFAB_DEMO', 'maybe', 'yes or no'],
    ['CONFAB_EVENT_RETENTION_DAYS', '0', 'a whole number from 1 to 3650'],
    ['CONFAB_NODE_NAME', 'a/b', 'letters, digits, dots and hyphens, at most 63'],
  ])('refuses %s=%s', (name, text, expected) => {
    const read = () => readConfig({}, { [name]: text });
    expect(read).toThrow(Problem);
    expect(read).toThrow(`${name} should be ${expected}; it is ${JSON.stringify(text)}.`);
  });

  it('names the flag that is wrong', () => {
    expect(() => readConfig({ port: 'x' }, {})).toThrow(
      '--port should be a whole number from 0 to 65535; it is "x".',
    );
  });

  it('never shows a secret', () => {
    const read = () => readConfig({}, { DATABASE_URL: 'mysql://ann:swordfish@host/confab' });
    expect(read).toThrow(/^DATABASE_URL should be a URL like .*; it is something else\.$/);
    expect(read).not.toThrow(/swordfish/);
    const redis = () => readConfig({}, { REDIS_URL: 'http://:swordfish@host' });
    expect(redis).toThrow(/^REDIS_URL should be a URL like .*; it is something else\.$/);
  });

  it.each([
    ['https://chat.example.org/', 'https://chat.example.org'],
    ['http://10.0.0.1:8080', 'http://10.0.0.1:8080'],
  ])('takes %s for the public URL %s', (text, url) => {
    expect(readConfig({}, { CONFAB_URL: text }).publicUrl).toBe(url);
  });

  it.each([
    'postgres://a:b@host:5432/confab',
    'postgresql://host/confab',
    'postgres://ann@/confab?host=%2Ftmp%2Fx',
  ])('takes %s for a database', (url) => expect(readConfig({}, { DATABASE_URL: url }).databaseUrl).toBe(url));

  it('takes addresses and networks for proxies', () => {
    const proxies = readConfig({}, { CONFAB_TRUSTED_PROXIES: '10.0.0.0/8, ::1,192.168.0.1' }).trustedProxies;
    expect(proxies).toEqual(['10.0.0.0/8', '::1', '192.168.0.1']);
  });

  it('notices a slip of the pen', () => {
    expect(unknownVariables({ CONFAB_PROT: '1', CONFAB_PORT: '1', HOME: '/' })).toEqual(['CONFAB_PROT']);
  });

  it('has each variable and each flag once', () => {
    const all = Object.values(settings);
    const flags = all.flatMap(({ flag }) => flag ?? []);
    expect(new Set(all.map(({ env }) => env)).size).toBe(all.length);
    expect(new Set(flags).size).toBe(flags.length);
  });

  it('is what docs/configuration.md says; npm run docs writes it anew', () => {
    const page = readFileSync(resolve(import.meta.dirname, '../../docs/configuration.md'), 'utf8');
    expect(page).toBe(configurationDocument());
  });
});
