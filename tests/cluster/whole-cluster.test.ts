/** The whole topology from the files in deploy/, as `confab cluster` brings it up: two balancers to three Redis and a file store. */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient, createMemoryStorage, systemClock, systemRandom, type Client } from '@confab/client';
import { createWebSockets } from '@confab/client/platform/web-sockets';
import { openCluster, type StatusRow } from '@confab/cluster';
import { smokeNames } from '@confab/cluster/rehearse/faults/index';
import type { Report } from '@confab/cluster/rehearse/report/report';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { buildProgram, confab, patience, runConfab } from '../process/confab.ts';
import { namespacesMissing } from './namespaces.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 300_000 });

const missing = namespacesMissing();
if (missing !== null) process.stderr.write(`the whole cluster is not tried: ${missing}\n`);

/** Of its own, so that one that somebody tries here meanwhile is not in the way. */
const number = process.pid % 100;
const name = `test${number}`;
const network = `10.${100 + number}`;
const folder = join(mkdtempSync(join(tmpdir(), 'confab-cluster-')), 'it');
const place = ['--folder', folder];

const onHost = (host: string, ...command: string[]) =>
  spawnSync('ip', ['netns', 'exec', `${name}-${host}`, ...command], { encoding: 'utf8' });

const homeOf = (host: string, file: string): string => join(folder, 'hosts', host, file);

describe.skipIf(missing !== null)('a whole cluster', () => {
  const clients: Client[] = [];
  const heard = new Map<Client, string[]>();

  beforeAll(async () => {
    buildProgram();
    chmodSync(join(folder, '..'), 0o755);
    const up = runConfab([
      'cluster',
      'up',
      ...place,
      '--name',
      name,
      '--network',
      network,
      '--yes',
      '--json',
    ]);
    expect(await up.ended, up.err()).toBe(0);
    expect(JSON.parse(up.out())).toMatchObject({ publicUrl: `https://${network}.1.10` });
  });
  afterAll(async () => {
    await Promise.all(clients.map((client) => client.stop()));
    confab(['cluster', 'down', ...place, '--name', name]);
    rmSync(join(folder, '..'), { recursive: true, force: true });
  });

  it('has a small disk for each node, with its log', () => {
    const mounts = readFileSync('/proc/mounts', 'utf8');
    for (const node of ['node1', 'node2', 'node3'])
      expect(mounts).toContain(`\n${name}-${node} ${homeOf(node, 'disk')} tmpfs `);
    expect(readFileSync(join(folder, 'logs/node1-node.log'), 'utf8')).toContain('"node":"node1"');
  });

  it('is well in every part', async () => {
    const rows = await vi.waitFor(() => {
      const { code, out } = confab(['cluster', 'status', ...place, '--json']);
      const rows = JSON.parse(out) as StatusRow[];
      expect(rows.filter(({ state }) => state !== 'ok')).toEqual([]);
      expect(code).toBe(0);
      return rows;
    }, patience);
    const roles = rows.map(({ part, role }) => `${part} ${role}`);
    const count = (wanted: string): number => roles.filter((one) => one === wanted).length;
    expect(count('postgres primary')).toBe(1);
    expect(count('postgres synchronous replica')).toBe(2);
    expect(count('redis master')).toBe(1);
    expect(count('keepalived master')).toBe(1);
    expect(count('node serving')).toBe(3);
  });

  it('runs files that their own tools find right', () => {
    const checks = [
      onHost(
        ...(['lb1', 'haproxy', '-c'] as const),
        ...['haproxy.cfg', 'redis.cfg'].flatMap((file) => ['-f', homeOf('lb1', `haproxy/${file}`)]),
      ),
      onHost('lb1', 'keepalived', '-t', '-f', homeOf('lb1', 'keepalived/keepalived.conf')),
    ];
    for (const { status, stderr } of checks) expect(status, stderr).toBe(0);
    const patroni = onHost('pg1', 'patroni', '--validate-config', homeOf('pg1', 'patroni/patroni.yml'));
    // It runs already, its rules for who may come stand where they can be changed later, start-patroni.py takes what Patroni
    // by itself does not, and Patroni's check does not know a value that Patroni knows.
    const expected =
      /already in use|pg_hba +is not defined|dcs\.(ttl 5|retry_timeout 2) didn't pass|synchronous_mode quorum is not a boolean/;
    const found = `${patroni.stdout}${patroni.stderr}`.split('\n').filter((line) => line !== '');
    expect(found.filter((line) => !expected.test(line))).toEqual([]);
    expect(found).not.toEqual([]);
  });

  it('carries what is said from one node to another, over TLS and the floating address', async () => {
    const [speaker, listener] = [await connect('node1'), await connect('node2')];
    const [mine] = speaker.state.rooms.values();
    const roomId = mine?.room.id ?? '';
    await listener.openRoom(roomId);
    await speaker.send(roomId, { text: 'over two machines' }).result();
    await vi.waitFor(() => expect(heard.get(listener)).toContain('over two machines'), patience);
    for (const { name, url } of openCluster(folder).nodes) {
      const figures = await (await fetch(`${url}/metrics`)).text();
      expect(figures).toContain(`\nconfab_connections ${name === 'node3' ? 0 : 1}\n`);
    }
  });

  it('keeps its shared memory from the machine', () => {
    const machine = statSync('/dev/shm').dev;
    const seen = processesOfIt().map((pid) => statSync(`/proc/${pid}/root/dev/shm`).dev);
    expect(seen.length).toBeGreaterThan(10);
    expect(seen).not.toContain(machine);
  });

  it('sends those who come without TLS to where it is', async () => {
    const answer = await fetch(`http://${network}.1.10/somewhere`, { redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')]).toEqual([
      301,
      `https://${network}.1.10/somewhere`,
    ]);
    expect(await statusOverTls('/readyz')).toBe(200);
  });

  it('is hurt by the commands on its page, and mended', async () => {
    const page = readFileSync(join(import.meta.dirname, '../../docs/operating/try-a-cluster.md'), 'utf8');
    const [, commands = ''] = /## Hurt it[\s\S]*?```\n([\s\S]*?)```/.exec(page) ?? [];
    for (const command of commands.trim().split('\n')) {
      const here = command.replaceAll('confab-', `${name}-`);
      expect([here, spawnSync('sh', ['-c', here]).status]).toEqual([here, 0]);
    }
    const cluster = openCluster(folder);
    const down = async () => (await cluster.status()).filter(({ state }) => state === 'down');
    await vi.waitFor(async () => {
      const names = (await down()).map(({ host, part }) => `${host} ${part}`);
      expect(names).toEqual(['redis1 redis', 'redis1 sentinel', 'node1 node']);
    }, patience);
    // The one address for Redis follows, and stays where it is while the old master still takes itself for one.
    const { master } = await vi.waitFor(async () => {
      const parts = await cluster.parts();
      expect(parts.master).toMatch(/^redis[23]$/);
      return parts;
    }, patience);
    await vi.waitFor(() => expect(redisBehindTheBalancer()).toBe(master), patience);
    for (const part of ['redis', 'sentinel'] as const) await cluster.host('redis1').start(part);
    const seen = new Set<string>();
    for (let asked = 0; asked < 40; asked += 1) seen.add(redisBehindTheBalancer());
    expect([...seen]).toEqual([master]);
    await cluster.healAll();
    await cluster.settled({ timeoutMs: 50_000 });
  });

  it('keeps people connected while there is no database, and takes what they say', async () => {
    const cluster = openCluster(folder);
    const person = await connect('node3');
    const seen = new Set<string>();
    person.subscribe('connection', () => seen.add(person.connection.name));
    const databases = ['pg1', 'pg2', 'pg3'].map((one) => cluster.host(one));
    for (const one of databases) one.freeze();
    await vi.waitFor(async () => {
      const balancers = (await cluster.status()).filter(({ part }) => part === 'haproxy');
      expect(balancers.map(({ detail }) => detail)).toEqual(
        Array(2).fill(expect.stringMatching(/^0 of 3 nodes, primary none/)),
      );
    }, patience);
    const [mine] = person.state.rooms.values();
    const said = person.send(mine?.room.id ?? '', { text: 'into the silence' }).result();
    for (const one of databases) one.thaw();
    await said;
    expect([...seen]).toEqual([]);
    await cluster.settled({ timeoutMs: 50_000 });
  });

  it('loses a machine and takes it back', async () => {
    const cluster = openCluster(folder);
    const { holder } = await cluster.parts();
    const lost = cluster.host(holder ?? '');
    await lost.crash();
    await vi.waitFor(async () => {
      const now = await cluster.parts();
      expect(now.holder).not.toBe(null);
      expect(now.holder).not.toBe(lost.name);
    }, patience);
    await vi.waitFor(async () => expect(await statusOverTls('/readyz')).toBe(200), patience);
    const { code, out } = confab(['cluster', 'status', ...place]);
    expect([code, out]).toEqual([1, expect.stringMatching(new RegExp(`^${lost.name} +haproxy +down`, 'm'))]);
    await lost.boot();
    await cluster.settled({ timeoutMs: 50_000 });
  });

  it('loses nothing while one part after another is broken', { timeout: 400_000 }, async () => {
    const report = join(folder, '..', 'rehearsal');
    const size = ['--people', '40', '--rate', '20'];
    const rehearsal = runConfab(['rehearse', '--smoke', ...size, ...place, '--report', report, '--json']);
    const code = await rehearsal.ended;
    const account = JSON.parse(rehearsal.out()) as Report;
    expect(account.examples, rehearsal.err()).toEqual([]);
    expect(account).toMatchObject({ lost: 0, doubled: 0, outOfOrder: 0, wronglyReceived: 0, wrongBadges: 0 });
    expect(account).toMatchObject({ unanswered: 0, refused: 0, people: 40 });
    expect(account.faults.map(({ name, problem }) => [name, problem])).toEqual(
      smokeNames('namespaces').map((one) => [one, null]),
    );
    expect(account.acknowledged).toBeGreaterThan(500);
    expect(readFileSync(join(report, 'report.html'), 'utf8')).toContain('Nothing was lost');
    expect(code).toBe(0);
  });

  it('is made once', () => {
    expect(confab(['cluster', 'up', ...place])).toMatchObject({
      code: 1,
      err: [
        `There is a cluster in ${folder} already: confab cluster status shows it, confab cluster down takes it away`,
      ],
    });
  });

  it('is for root', () => {
    expect(confab(['cluster', 'up', '--folder', `${folder}-other`], { asNobody: true })).toMatchObject({
      code: 1,
      err: ['Confab cluster needs root, to make network namespaces: use sudo, or --local to do without them'],
    });
    const { err } = confab(['cluster', 'status', ...place], { asNobody: true });
    expect(err).toEqual([`Only root may look at the cluster in ${folder}: use sudo`]);
  });

  it('leaves nothing behind', async () => {
    await Promise.all(clients.splice(0).map((client) => client.stop()));
    expect(remains()).not.toEqual([]);
    expect(confab(['cluster', 'down', ...place])).toMatchObject({ code: 0, out: 'Nothing is left of it.\n' });
    expect(remains()).toEqual([]);
    expect(confab(['cluster', 'down', ...place, '--name', name]).out).toBe(
      `There is no cluster in ${folder}.\n`,
    );
    expect(confab(['cluster', 'status', ...place]).err).toEqual([
      `There is no cluster in ${folder}: confab cluster up makes one, and --folder names another place`,
    ]);
  });

  it('leaves nothing behind of one that was ended on its way up', async () => {
    const up = runConfab(['cluster', 'up', ...place, '--name', name, '--network', network]);
    await vi.waitFor(() => expect(remains().join('\n')).toMatch(/process .*etcd/), patience);
    up.child.kill('SIGKILL');
    expect(await up.ended).toBe('SIGKILL');
    expect(confab(['cluster', 'status', ...place])).toMatchObject({ code: 1, err: [] });
    expect(confab(['cluster', 'down', ...place]).out).toBe('Nothing is left of it.\n');
    expect(remains()).toEqual([]);
  });

  /** The balancer's cookie says which node. */
  async function connect(node: string): Promise<Client> {
    const { publicUrl, caFile, owner } = openCluster(folder);
    const options = { ca: readFileSync(caFile), headers: { cookie: `CONFABNODE=${node}` } };
    const client = createClient({
      url: publicUrl,
      token: owner.token,
      name: 'test',
      platform: {
        clock: systemClock,
        random: systemRandom,
        storage: createMemoryStorage(),
        sockets: createWebSockets((url) => new WebSocket(url, options)),
      },
    });
    clients.push(client);
    const texts: string[] = [];
    heard.set(client, texts);
    client.onEvent((event) => {
      if (event.name === 'message.sent') texts.push(event.data.message.text);
    });
    await client.start();
    await client.ready();
    return client;
  }

  /** Which host answers on the one address for Redis. */
  function redisBehindTheBalancer(): string {
    const { redis } = (
      JSON.parse(readFileSync(join(folder, 'cluster.json'), 'utf8')) as { secrets: { redis: string } }
    ).secrets;
    const place = ['-h', `${network}.0.10`, '-a', redis, '--no-auth-warning'];
    const question = ['config', 'get', 'replica-announce-ip'];
    const { stdout } = spawnSync('redis-cli', [...place, ...question], { encoding: 'utf8', timeout: 5_000 });
    return /(redis\d)\.confab\.internal/.exec(stdout)?.[1] ?? 'nobody';
  }

  function statusOverTls(path: string): Promise<number | undefined> {
    const { publicUrl, caFile } = openCluster(folder);
    return new Promise((resolve) => {
      const asked = request(`${publicUrl}${path}`, {
        ca: readFileSync(caFile),
        agent: false,
        timeout: 3_000,
      });
      asked.on('response', (answer) => resolve(answer.resume().statusCode));
      asked.on('timeout', () => asked.destroy());
      asked.on('error', () => resolve(undefined));
      asked.end();
    });
  }

  /** Whatever of it can be found: namespaces, names, interfaces, processes, files. */
  function remains(): string[] {
    const lines = (text: string): string[] => text.split('\n').filter((line) => line.includes(`${name}-`));
    const processes = readdirSync('/proc').filter(
      (pid) => /^\d+$/.test(pid) && commandOf(pid).includes(folder),
    );
    return [
      ...lines(spawnSync('ip', ['netns', 'list'], { encoding: 'utf8' }).stdout),
      ...lines(spawnSync('ip', ['link'], { encoding: 'utf8' }).stdout),
      ...lines(readFileSync('/proc/mounts', 'utf8')),
      ...(existsSync('/etc/netns') ? lines(readdirSync('/etc/netns').join('\n')) : []),
      ...processes.map((pid) => `process ${pid}: ${commandOf(pid)}`),
      ...(existsSync(folder) ? [folder] : []),
    ];
  }
});

function processesOfIt(): string[] {
  return readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && commandOf(pid).includes(folder));
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}
