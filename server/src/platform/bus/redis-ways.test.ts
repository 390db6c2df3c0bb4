/** The forms of REDIS_URL beyond one Redis with a password: TLS with a certificate of one's own, and Sentinel. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { freePort } from '../../../../tests/support/ports.ts';
import { startRedis } from '../../../../tests/support/redis.ts';
import { createMemoryLog } from '../log/index.ts';
import { readRedisUrl, type RedisAddress } from '../redis-address.ts';
import { checkRedis, createRedisBus } from './index.ts';

vi.setConfig({ testTimeout: 60_000 });

const folder = mkdtempSync(join(tmpdir(), 'confab-redis-ways-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const patience = { timeout: 20_000, interval: 20 };

function addressOf(url: string): RedisAddress {
  const read = readRedisUrl(url);
  if (read === null) throw new Error(`${url} is no address of a Redis`);
  return read;
}

/** Both ends of a bus at `address`: what is published by one is heard by the other. */
async function carries(address: RedisAddress): Promise<void> {
  const log = createMemoryLog();
  const [from, to] = [1, 2].map(() => createRedisBus({ address, space: 'ways', log }));
  const heard: string[] = [];
  to?.subscribe('rooms', (message) => heard.push(message));
  await vi.waitFor(() => expect([from?.isConnected(), to?.isConnected()]).toEqual([true, true]), patience);
  from?.publish('rooms', 'hello');
  await vi.waitFor(() => expect(heard).toEqual(['hello']), patience);
  await Promise.all([from?.close(), to?.close()]);
}

it('speaks TLS, and trusts whom it is told to trust', async () => {
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const made = spawnSync('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'],
    ...['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'],
    ...['-keyout', key, '-out', certificate],
  ]);
  expect(made.status, String(made.stderr)).toBe(0);
  const port = await freePort();
  const tls = ['--tls-port', String(port), '--tls-cert-file', certificate, '--tls-key-file', key];
  const redis = await startRedis({ args: [...tls, '--tls-auth-clients', 'no'] });
  try {
    const trusted = addressOf(`rediss://localhost:${port}?ca=${encodeURIComponent(certificate)}`);
    await expect(checkRedis(trusted)).resolves.toBeNull();
    await carries(trusted);
    await expect(checkRedis(addressOf(`rediss://localhost:${port}`))).rejects.toThrow(
      /^The Redis of REDIS_URL cannot be used: localhost:\d+: self.signed certificate/,
    );
  } finally {
    await redis.close();
  }
});

it('asks the Sentinels where the master is', async () => {
  const redis = await startRedis({ password: 'swordfish' });
  const settings = join(folder, 'sentinel.conf');
  writeFileSync(
    settings,
    `sentinel monitor main 127.0.0.1 ${redis.port} 1\nsentinel auth-pass main swordfish\n`,
  );
  const sentinel = await startRedis({ settings, args: ['--sentinel'] });
  try {
    const at = (master: string) =>
      addressOf(`redis+sentinel://:swordfish@127.0.0.1:1,127.0.0.1:${sentinel.port}/${master}`);
    await carries(at('main'));
    await expect(checkRedis(at('other'))).resolves.toMatch(
      /^no Sentinel of 127\.0\.0\.1:1, 127\.0\.0\.1:\d+ knows a master "other" that can be reached$/,
    );
  } finally {
    await sentinel.close();
    await redis.close();
  }
});
