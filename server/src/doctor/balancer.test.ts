import { afterEach, expect, it } from 'vitest';
import { living, look } from '../../../tests/support/doctor.ts';
import {
  makeCertificate,
  startEntrance,
  type Entrance,
  type EntranceOptions,
} from '../../../tests/support/entrance.ts';
import { systemClock } from '../platform/clock/index.ts';
import { createSystemNetwork, Unreached, type Network } from '../platform/network/index.ts';

let entrances: Entrance[] = [];
afterEach(async () => {
  await Promise.all(entrances.map((one) => one.close()));
  entrances = [];
});

/** Two nodes behind a balancer that does so, whose certificate is trusted. */
async function behind(options: EntranceOptions = {}) {
  const entrance = await startEntrance(options);
  entrances.push(entrance);
  const { url, plainPort, authority } = entrance;
  const trusted = options.secure === false ? [] : [authority];
  return {
    settings: { publicUrl: url, plainPort, trustedProxies: ['10.0.0.0/8'] },
    network: createSystemNetwork({ trusted }),
    nodes: [living('north'), living('south')],
  };
}

it('all is well with a balancer that does as it should', async () => {
  const own = await behind();
  for (const title of [
    'affinity',
    'keep-alive',
    'certificate',
    'redirect to HTTPS',
    'addresses of people',
    'sockets',
  ]) {
    expect(await look(title, own)).toMatchObject({ status: 'pass' });
  }
  expect((await look('affinity', own)).found).toMatch(/^by a cookie; all visits went to (north|south)$/);
  expect((await look('certificate', own)).found).toMatch(/^by localhost, good for (89|90) days, TLSv1.3$/);
  expect(await look('public name', own)).toMatchObject({ status: 'pass' });
});

it('without CONFAB_URL there is nothing to look at', async () => {
  expect(await look('affinity')).toMatchObject({ status: 'skipped', found: 'CONFAB_URL is not set' });
});

it('says that nobody answers', async () => {
  // Nobody listens on port 1.
  const publicUrl = 'https://localhost:1';
  const row = await look('keep-alive', { settings: { publicUrl } });
  expect(row).toMatchObject({ status: 'fail', found: `${publicUrl}: ECONNREFUSED` });
});

it('knows a network that no way leads to', async () => {
  const network: Network = {
    ...createSystemNetwork(),
    get: () => Promise.reject(new Unreached('ENETUNREACH')),
  };
  const settings = { publicUrl: 'https://10.1.2.3' };
  for (const title of ['affinity', 'redirect to HTTPS']) {
    const row = await look(title, { settings, network });
    expect(row).toMatchObject({ status: 'warn', mend: expect.stringContaining('--area balancer') });
  }
});

it('finds a missing cookie, and one that leads astray', async () => {
  const none = await behind({ cookie: 'none' });
  expect(await look('affinity', none)).toMatchObject({ status: 'warn', ids: ['LB-1'] });
  expect((await look('affinity', none)).found).toMatch(
    /^no cookie; 6 visits went to (north, south|south, north)$/,
  );
  const ignored = await look('affinity', await behind({ cookie: 'is ignored' }));
  expect(ignored).toMatchObject({ status: 'warn' });
  expect(ignored.found).toMatch(/^a cookie is set, but/);
});

it('finds what is no node behind it', async () => {
  const own = await behind({ plain: 'page' });
  const elsewhere = { ...own, settings: { publicUrl: `http://localhost:${own.settings.plainPort}` } };
  expect(await look('affinity', elsewhere)).toMatchObject({ status: 'fail' });
});

it('finds connections that are not kept', async () => {
  const row = await look('keep-alive', await behind({ keepAlive: false }));
  expect(row).toMatchObject({ status: 'warn', ids: ['LB-2'], found: '3 connections for 3 questions' });
});

it('finds certificates that clients do not trust, or soon will not', async () => {
  const own = await behind();
  expect(await look('certificate', { ...own, network: createSystemNetwork() })).toMatchObject({
    status: 'fail',
    found: expect.stringMatching(/clients do not trust it: .*SELF_SIGNED/),
  });
  const other = await look(
    'certificate',
    await behind({ certificate: makeCertificate(90, 'other.example.org') }),
  );
  expect(other).toMatchObject({ status: 'fail', found: expect.stringContaining('ALTNAME') });
  const soon = await look('certificate', await behind({ certificate: makeCertificate(5) }));
  expect(soon).toMatchObject({ status: 'warn', mend: 'Renew the certificate.' });
  const clock = { ...systemClock, now: () => systemClock.now() + 100 * 24 * 3_600_000 };
  expect((await look('certificate', { ...own, clock })).found).toMatch(/ended 1[01] days ago/);
  const plain = await behind({ secure: false });
  expect(await look('certificate', plain)).toMatchObject({ status: 'skipped' });
});

it('finds that who comes without TLS is not sent on', async () => {
  expect(await look('redirect to HTTPS', await behind({ plain: 'page' }))).toMatchObject({ status: 'fail' });
  expect(await look('redirect to HTTPS', await behind({ plain: 'elsewhere' }))).toMatchObject({
    status: 'warn',
    found: '301 to https://other.example.org/',
  });
  const own = await behind();
  const settings = { ...own.settings, plainPort: 1 };
  expect(await look('redirect to HTTPS', { ...own, settings })).toMatchObject({
    status: 'warn',
    ids: ['LB-4'],
  });
});

it('finds a name without an address', async () => {
  const settings = { publicUrl: 'https://chat.invalid' };
  expect(await look('public name', { settings })).toMatchObject({ status: 'fail' });
});

it('finds that nodes do not learn where people come from', async () => {
  expect(await look('addresses of people', await behind({ forwardsAddress: false }))).toMatchObject({
    status: 'fail',
    ids: ['LB-6'],
  });
  const own = await behind({ hidesMetrics: true });
  expect(await look('addresses of people', own)).toMatchObject({ status: 'pass' });
  const settings = { ...own.settings, trustedProxies: [] };
  expect(await look('addresses of people', { ...own, settings })).toMatchObject({ status: 'warn' });
});

it('finds that sockets do not get through', async () => {
  expect((await look('sockets', await behind({ upgrade: 403 }))).mend).toContain('CONFAB_URL');
  expect(await look('sockets', await behind({ upgrade: 502 }))).toMatchObject({
    status: 'fail',
    found: 'the answer is 502 instead of 101',
  });
});
