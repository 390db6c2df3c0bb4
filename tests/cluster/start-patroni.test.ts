/** deploy/patroni/start-patroni.py by itself, with Patroni's own classes; whole-cluster.test.ts has it in a cluster. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { missingPackages, wordsFor } from '@confab/cluster/packages';
import { createMachine } from '@confab/cluster/platform/machine';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { freePort } from '../support/ports.ts';

vi.setConfig({ testTimeout: 60_000 });

const file = join(import.meta.dirname, '../../deploy/patroni/start-patroni.py');

/** A member pg1 that Patroni by itself finds the healthiest, and what it does with another one; `start` is the file. */
const prelude = `
import importlib.util, json, os, types
from patroni import version
from patroni.dcs import Member, get_dcs
from patroni.dcs.etcd3 import PatroniEtcd3Client
from patroni.ha import Ha, _MemberStatus

def load():
    spec = importlib.util.spec_from_file_location('start', ${JSON.stringify(file)})
    start = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(start)
    return start

def takes_the_key(role, timeline, paused=False, answer=None, known=True):
    start = load()
    start._is_healthiest_node = lambda ha: True
    pg2 = Member(0, 'pg2', None, {'api_url': 'http://pg2:8008/patroni'})
    pg1 = Member(0, 'pg1', None, {'api_url': 'http://pg1:8008/patroni'})
    asked = []
    def ask(members):
        asked.extend(member.name for member in members)
        return [_MemberStatus.unknown(pg2) if answer is None else _MemberStatus.from_api_response(pg2, answer)]
    ha = types.SimpleNamespace(
        is_paused=lambda: paused,
        state_handler=types.SimpleNamespace(
            name='pg1', is_primary=lambda: role == 'primary', get_primary_timeline=lambda: timeline),
        old_cluster=types.SimpleNamespace(members=[pg1, pg2]),
        cluster=types.SimpleNamespace(members=[pg1, pg2] if known else [pg1]),
        fetch_nodes_statuses=ask)
    return [start.Ha.is_healthiest_node(ha), asked]
`;

function python(code: string): unknown {
  const { status, stdout, stderr } = spawnSync('/usr/bin/python3', ['-c', `${prelude}\n${code}`], {
    encoding: 'utf8',
  });
  expect(status, stderr).toBe(0);
  return JSON.parse(stdout);
}

/** For as long as the test. */
async function startEtcd(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'confab-etcd-'));
  const [clients, peers] = [await freePort(), await freePort()];
  const [ours, theirs] = [`http://127.0.0.1:${clients}`, `http://127.0.0.1:${peers}`];
  const places = [
    ...['--listen-client-urls', ours, '--advertise-client-urls', ours],
    ...['--listen-peer-urls', theirs, '--initial-advertise-peer-urls', theirs],
    ...['--initial-cluster', `one=${theirs}`, '--name', 'one', '--data-dir', folder],
  ];
  const child = spawn('etcd', places, { stdio: 'ignore' });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await once(child, 'exit');
    rmSync(folder, { recursive: true });
  });
  const healthy = async () => expect((await fetch(`${ours}/health`)).status).toBe(200);
  await vi.waitFor(healthy, { timeout: 20_000, interval: 50 });
  return `127.0.0.1:${clients}`;
}

const primary = (timeline: number) => `{'role': 'primary', 'xlog': {'location': 9}, 'timeline': ${timeline}}`;
const replica = (timeline: string) =>
  `{'role': 'replica', 'xlog': {'received_location': 9}, 'timeline': ${timeline}}`;

const missing = wordsFor(await missingPackages(createMachine())) || null;
if (missing !== null) process.stderr.write(`start-patroni.py is not tried: ${missing}\n`);

describe.skipIf(missing !== null)('Patroni, started by start-patroni.py', () => {
  it.each([
    ['a primary, and nobody is on a later timeline', `'primary', 8, answer=${primary(8)}`, true, ['pg2']],
    ['a primary with a successor', `'primary', 8, answer=${primary(9)}`, false, ['pg2']],
    [
      'one with a successor that etcd forgot',
      `'primary', 8, answer=${primary(9)}, known=False`,
      false,
      ['pg2'],
    ],
    ['one whose successor gave up', `'primary', 8, answer=${replica('9')}`, false, ['pg2']],
    ['one beside a replica that does not know', `'primary', 8, answer=${replica('None')}`, true, ['pg2']],
    ['one that nobody answers', `'primary', 8`, true, ['pg2']],
    ['a replica, which Patroni itself compares', `'replica', 8, answer=${primary(9)}`, true, []],
    ['a primary whose cluster is paused', `'primary', 8, paused=True, answer=${primary(9)}`, true, []],
  ])('%s', (_, case_, takes, asked) => {
    expect(python(`print(json.dumps(takes_the_key(${case_})))`)).toEqual([takes, asked]);
  });

  it('does not make the key of a leader anew that is gone with its lease, as Patroni by itself does', async () => {
    const host = await startEtcd();
    const code = `
settings = {'scope': 'confab', 'name': 'pg1', 'namespace': '/service/', 'ttl': 20, 'loop_wait': 5, 'retry_timeout': 5,
            'etcd3': {'host': '${host}'}}
etcd = get_dcs(settings)
etcd.attempt_to_acquire_leader()
view = etcd.get_cluster().leader

def after(change):
    etcd._client.call_rpc('/lease/revoke', {'ID': etcd._lease})
    change()
    updated = etcd._update_leader(view)
    keys = etcd._client.range(etcd.leader_path)['kvs'] if updated else []
    return [updated, len(keys)]

kept = lambda: etcd._client.put(etcd.leader_path, 'pg1')
print(json.dumps([after(lambda: None), load() and after(lambda: None), after(kept)]), flush=True)
os._exit(0)`;
    expect(python(code)).toEqual([
      [true, 1],
      [false, 0],
      [true, 1],
    ]);
  });

  it('shows by a tag who was started by it', () => {
    const tags = `
from patroni.__main__ import Patroni
load()
config = {'tags': {'clonefrom': True}}
print(json.dumps(Patroni._get_tags(types.SimpleNamespace(config=config, _filter_tags=Patroni._filter_tags))))`;
    expect(python(tags)).toEqual({ clonefrom: true, gives_way: true });
  });

  it('takes a short time for a primary to be lost, and keeps the others in proportion', () => {
    const code = `
from patroni.config import Config
load()
def adjusted(ttl, loop_wait, retry_timeout):
    settings = {'ttl': ttl, 'loop_wait': loop_wait, 'retry_timeout': retry_timeout}
    object.__new__(Config)._validate_and_adjust_timeouts(settings)
    return list(settings.values())
print(json.dumps([adjusted(8, 2, 3), adjusted(5, 1, 2), adjusted(8, 9, 3), adjusted(1, 1, 1)]))`;
    expect(python(code)).toEqual([
      [8, 2, 3],
      [5, 1, 2],
      [8, 2, 3],
      [5, 1, 2],
    ]);
  });

  it('looks often whether a primary that is switched over is down', () => {
    const code = `
from patroni import postgresql
load()
states = iter(['in production', 'shutting down', 'shut down'])
read = []
primary = types.SimpleNamespace(is_running=lambda: True, signal_stop=lambda *_: None, wait=lambda timeout: None)
database = types.SimpleNamespace(
    pgcommand=str, _before_stop=lambda: None, is_running=lambda: primary, _checkpoint_locations_from_controldata=lambda _: (7, 6),
    cb_called=True, is_starting=lambda: False, call_nowait=lambda _: None, set_state=lambda _: None, checkpoint=lambda **_: None,
    controldata=lambda: read.append(1) or {'Database cluster state': next(states)})
postgresql.time = types.SimpleNamespace(sleep=read.append)
heard = []
postgresql.Postgresql._do_stop(database, 'fast', True, False, None, lambda *where: heard.extend(where), None, 60)
print(json.dumps([read, heard]))`;
    expect(python(code)).toEqual([
      [1, 0.1, 1, 0.1, 1],
      [7, 6],
    ]);
  });

  it('leaves a Patroni alone that it does not know', () => {
    const code = `
from patroni import postgresql
def known():
    return [PatroniEtcd3Client.txn, Ha.is_healthiest_node, postgresql.STOP_POLLING_INTERVAL]
before = known()
version.__version__ = '4.1.0'
load()
print(json.dumps(before == known()))`;
    expect(python(code)).toBe(true);
  });
});
