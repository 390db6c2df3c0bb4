import { createServer } from 'node:http';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { living, look } from '../../../tests/support/doctor.ts';
import { startMailServer } from '../../../tests/support/mail-server.ts';
import { createTestDatabase } from '../../../tests/support/test-database.ts';
import { startNameServer, startTimeServer } from '../../../tests/support/time-server.ts';
import { createManualClock, systemClock, type Clock } from '../platform/clock/index.ts';
import { createMemoryMail, createSmtpMail, readMailServer } from '../platform/mail/index.ts';
import { createSystemNetwork } from '../platform/network/index.ts';

const { database, close } = await createTestDatabase();
afterAll(close);
let open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.map((one) => one.close()));
  open = [];
});

async function opened<Part extends { close(): Promise<void> }>(part: Promise<Part>): Promise<Part> {
  open.push(await part);
  return part;
}

/** What a node answers beside the balancer. @returns its address */
async function startNode(answer: (path: string) => string): Promise<string> {
  const server = createServer((request, response) => response.end(answer(request.url ?? '')));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push({ close: () => new Promise((resolve) => server.close(() => resolve())) });
  return `127.0.0.1:${(server.address() as { port: number }).port}`;
}

const nodes = (...names: string[]) => names.map((name) => living(name));
const dead = '127.0.0.1:1';

describe('nodes', () => {
  it.each([
    [[], 'skipped'],
    [['a'], 'warn'],
    [['a', 'b'], 'warn'],
    [['a', 'b', 'c'], 'pass'],
  ])('number of nodes: %s', async (names, status) => {
    expect(await look('number of nodes', { nodes: nodes(...names) })).toMatchObject({ status });
  });

  it('number of nodes: those that serve count, and one with a database of its own needs no other', async () => {
    const three = [living('a'), living('b'), living('c', { state: 'draining' })];
    expect((await look('number of nodes', { nodes: three })).found).toBe(
      '2 serving nodes, 1 starting or draining',
    );
    expect(await look('number of nodes', { settings: { databaseUrl: null } })).toMatchObject({
      status: 'pass',
    });
  });

  it.each([
    [['1.2.0', '1.2.0'], 'pass'],
    [['1.2.0', '1.3.0'], 'warn'],
    [['1.3.0', '1.3.0'], 'warn'],
    [['1.2.0', '1.4.0'], 'fail'],
    [['1.5.0', '1.5.0'], 'fail'],
  ])('versions of the nodes, beside 1.2.0: %s', async (versions, status) => {
    const some = versions.map((version, index) => living(`node-${index}`, { version }));
    expect(await look('versions of the nodes', { nodes: some })).toMatchObject({ status, ids: ['TOP-5'] });
  });

  it('private addresses', async () => {
    expect(
      await look('private addresses', { machine: { addresses: ['10.1.2.3', '172.20.0.1'] } }),
    ).toMatchObject({
      status: 'pass',
    });
    expect(await look('private addresses', { machine: { addresses: ['203.0.113.7'] } })).toMatchObject({
      status: 'warn',
      found: '203.0.113.7 can be reached from the internet',
    });
    const settings = { host: 'localhost' };
    expect(await look('private addresses', { settings, nodes: nodes('a', 'b') })).toMatchObject({
      status: 'fail',
    });
  });

  it('names of the nodes', async () => {
    const machine = { name: 'localhost' };
    expect(await look('names of the nodes', { machine, nodes: nodes('a') })).toMatchObject({
      status: 'pass',
    });
    const settings = { publicUrl: 'https://North' };
    expect(await look('names of the nodes', { machine, settings })).toMatchObject({
      status: 'fail',
      found: 'north is also the name in CONFAB_URL',
    });
    const lost = [living('a', { address: 'a.invalid:8080' })];
    expect(await look('names of the nodes', { machine, nodes: lost })).toMatchObject({
      status: 'fail',
      found: 'a.invalid: no address is known',
    });
  });

  it('cores and memory', async () => {
    expect((await look('cores and memory')).status).toBe('pass');
    expect(await look('cores and memory', { machine: { cores: 2 } })).toMatchObject({
      status: 'warn',
      found: '2 cores, 16.0 GiB',
    });
  });

  it('nodes reach each other', async () => {
    const address = await startNode(() => '{"alive":true}');
    const there = [living('north'), living('south', { address })];
    expect(await look('nodes reach each other', { nodes: there })).toMatchObject({ status: 'pass' });
    const away = [...there, living('west', { address: dead })];
    expect(await look('nodes reach each other', { nodes: away })).toMatchObject({
      status: 'fail',
      found: `west at ${dead}: ECONNREFUSED`,
    });
    const stranger = [living('south', { address: await startNode(() => 'a web server') })];
    expect(await look('nodes reach each other', { nodes: stranger })).toMatchObject({ status: 'fail' });
  });
});

describe('clocks', () => {
  const ahead = (ms: number): Clock => ({ ...systemClock, now: () => systemClock.now() + ms });
  const postgres = { state: 'open', part: database } as const;

  it('time zone of the node', async () => {
    expect((await look('time zone of the node', { machine: { timeZone: 'Etc/UTC' } })).status).toBe('pass');
    expect((await look('time zone of the node', { machine: { timeZone: 'Europe/Paris' } })).status).toBe(
      'warn',
    );
  });

  it.each([
    [0, 'pass', / ms from the database's$/],
    [-5_000, 'warn', /^5\.0 s behind the database's$/],
    [600_000, 'fail', /^10 minutes ahead of the database's; no node starts like that$/],
  ])('clock and database: %i ms', async (ms, status, found) => {
    const row = await look('clock and database', { postgres, clock: ahead(ms) });
    expect(row).toMatchObject({ status, found: expect.stringMatching(found) });
  });

  it.each([
    [0, 'pass', / ms from 127/],
    [5_000, 'warn', /^(5\.0|4\.9) s behind 127\.0\.0\.1:\d+'s$/],
    [-600_000, 'fail', /^10 minutes ahead of/],
  ])('clock and a time server that is %i ms ahead', async (aheadMs, status, found) => {
    const { address } = await opened(startTimeServer({ aheadMs }));
    const row = await look('clock and time server', { settings: { timeServers: [address] } });
    expect(row).toMatchObject({ status, found: expect.stringMatching(found), ids: ['NODE-2', 'NET-1'] });
  });

  it('clock and time servers of which some have no time', async () => {
    const bad = await opened(startTimeServer({ aheadMs: 0, stratum: 0 }));
    const good = await opened(startTimeServer({ aheadMs: 0 }));
    const both = { timeServers: [bad.address, good.address] };
    expect(await look('clock and time server', { settings: both })).toMatchObject({ status: 'pass' });
    expect(await look('clock and time server', { settings: { timeServers: [bad.address] } })).toMatchObject({
      status: 'fail',
      found: `${bad.address}: it has no good time itself`,
    });
    const machine = { timeServers: [good.address] };
    expect(await look('clock and time server', { machine })).toMatchObject({ status: 'pass' });
    expect(await look('clock and time server')).toMatchObject({ status: 'skipped' });
  });
});

describe('capacity with one node less', () => {
  /** A node that has used so many seconds more each time it is asked. */
  async function busy(perQuestion: number, connections = 0) {
    let used = 100;
    const address = await startNode(() => `process_cpu_seconds_total ${(used += perQuestion)}\n`);
    return living(`node-${address}`, { address, connections });
  }
  /** Time goes by at once. */
  const clock = (): Clock => {
    const manual = createManualClock();
    return {
      ...manual,
      after(ms, work) {
        const timer = manual.after(ms, work);
        manual.elapse(ms);
        return timer;
      },
    };
  };

  it.each([
    [0.4, 'pass', 'and use 30 % of a core each'],
    [1.2, 'warn', 'and use 90 % of a core each'],
    [1.8, 'fail', 'and use 135 % of a core each'],
  ])('of processors: %f s in two seconds', async (seconds, status, found) => {
    const some = [await busy(seconds), await busy(seconds), await busy(seconds)];
    const row = await look('capacity with one node less', { nodes: some, clock: clock() });
    expect(row).toMatchObject({ status, found: expect.stringContaining(found), ids: ['TOP-3', 'LIFE-3'] });
  });

  it.each([
    [300, 'pass'],
    [600, 'warn'],
    [1_200, 'fail'],
  ])('of connections: %i on each of three, of 1,000', async (connections, status) => {
    const some = [await busy(0, connections), await busy(0, connections), await busy(0, connections)];
    const machine = { openFilesMax: 1_200 };
    expect(await look('capacity with one node less', { nodes: some, machine, clock: clock() })).toMatchObject(
      { status },
    );
  });

  it('one node has nobody, and load that cannot be seen is said', async () => {
    expect(await look('capacity with one node less', { nodes: nodes('a') })).toMatchObject({
      status: 'warn',
    });
    expect((await look('capacity with one node less', { nodes: nodes('a', 'b') })).found).toContain(
      'not to be seen',
    );
  });
});

describe('network', () => {
  it('name servers', { timeout: 30_000 }, async () => {
    const { address } = await opened(startNameServer());
    const asking = (...nameServers: string[]) =>
      look('name servers', { network: { ...createSystemNetwork(), nameServers } });
    expect(await asking(address)).toMatchObject({ status: 'pass', found: `${address} answers` });
    expect(await asking(address, dead)).toMatchObject({ status: 'warn' });
    expect(await asking(dead)).toMatchObject({ status: 'fail', ids: ['NET-1'] });
    expect(await asking()).toMatchObject({ status: 'warn', found: 'none is set' });
  });

  it('mail', async () => {
    expect(await look('mail')).toMatchObject({ status: 'skipped', ids: ['OPT-1'] });
    const post = await opened(startMailServer({ login: { user: 'chat', password: 'secret' } }));
    const asking = (url: string) => {
      const server = readMailServer(url);
      if (!server) throw new Error('no mail server');
      const part = createSmtpMail({ server, from: 'chat@example.org', trusted: post.certificate });
      return look('mail', { settings: { mailServer: server }, mail: { state: 'open', part } });
    };
    const found = `localhost:${post.port} lets this node in; nothing was sent`;
    expect(await asking(`smtp://chat:secret@localhost:${post.port}`)).toMatchObject({
      status: 'pass',
      found,
    });
    expect(post.arrived).toEqual([]);
    expect(await asking(`smtp://chat:wrong@localhost:${post.port}`)).toMatchObject({ status: 'fail' });
    expect(await asking('smtp://localhost:9')).toMatchObject({ status: 'fail' });
    const mailServer = readMailServer('smtp://mail.example.org') ?? null;
    const mail = { state: 'away', reason: 'CONFAB_SMTP_URL needs CONFAB_MAIL_FROM' } as const;
    expect(await look('mail', { settings: { mailServer }, mail })).toMatchObject({ status: 'fail' });
    const optional = readMailServer('smtp://mail.example.org?tls=optional') ?? null;
    const reached = { state: 'open', part: createMemoryMail() } as const;
    const lax = await look('mail', { settings: { mailServer: optional }, mail: reached });
    expect(lax).toMatchObject({ status: 'warn' });
  });

  it('answers by mail', async () => {
    const title = 'answers by mail';
    expect(await look(title)).toMatchObject({ status: 'skipped', ids: ['OPT-1'] });
    const door = await opened(startMailServer({}));
    const asking = (host: string, port = door.port) =>
      look(title, { settings: { repliesAt: { host, port } } });
    expect(await asking('localhost')).toMatchObject({ status: 'pass' });
    expect(await asking('localhost', 9)).toMatchObject({ status: 'fail' });
    expect(await asking('127.0.0.1')).toMatchObject({ status: 'pass' });
    expect(await asking('0.0.0.0')).toMatchObject({ status: 'warn' });
  });
});
