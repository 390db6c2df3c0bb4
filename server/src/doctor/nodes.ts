import { areAdjacent, clockRefuseMs, clockWarnMs, measureOffset, offsetWords } from '../cluster/index.ts';
import { Unreached } from '../platform/network/index.ts';
import {
  count,
  fail,
  forClusters,
  gibibytes,
  pass,
  readPlace,
  skipped,
  warn,
  type Check,
  type DoctorDeps,
  type Finding,
} from './check.ts';
import { isPrivate, isThisMachineOnly } from './addresses.ts';

/** Of the guide, for a node of a large cluster. */
const coresWanted = 8;
const memoryBytesWanted = 16 * 1024 ** 3;
/** What the kernel keeps for itself is missing from what it tells. */
const memoryShare = 0.95;

export const nodeChecks: readonly Check[] = [
  { ids: ['TOP-1', 'TOP-2'], title: 'number of nodes', run: numberOfNodes },
  { ids: ['TOP-5'], title: 'versions of the nodes', run: forClusters(versions) },
  { ids: ['NODE-1'], title: 'private addresses', run: forClusters(privateAddresses) },
  { ids: ['NODE-2'], title: 'time zone of the node', run: timeZone },
  { ids: ['NODE-2'], title: 'clock and database', run: clockAndDatabase },
  { ids: ['NODE-2', 'NET-1'], title: 'clock and time server', run: clockAndTimeServer },
  { ids: ['NODE-3'], title: 'names of the nodes', run: forClusters(names) },
  { ids: ['NODE-4'], title: 'cores and memory', run: forClusters(coresAndMemory) },
  { ids: ['NODE-5'], title: 'nodes reach each other', run: forClusters(reachEachOther) },
];

function numberOfNodes({ settings, nodes, postgres }: DoctorDeps): Finding {
  if (settings.databaseUrl === null) return pass('one process with a database of its own (TOP-1)');
  const serving = nodes.filter(({ state }) => state === 'serving').length;
  const found = `${count(serving, 'serving node')}${nodes.length > serving ? `, ${nodes.length - serving} starting or draining` : ''}`;
  if (nodes.length === 0) return noNodes(postgres);
  if (serving >= 3) return pass(found);
  if (serving === 2) {
    return warn(
      found,
      'Add a third: with two, each must be able to carry everything alone, and an upgrade leaves one.',
    );
  }
  return warn(found, 'Start more nodes with the same DATABASE_URL: when this one ends, nobody is served.');
}

/** Nodes are known by their leases in the database. */
function noNodes(postgres: DoctorDeps['postgres']): Finding {
  return skipped(postgres.state === 'away' ? 'Postgres does not answer' : 'no node runs now');
}

function versions({ settings, nodes, postgres }: DoctorDeps): Finding {
  if (nodes.length === 0) return noNodes(postgres);
  const all = [...new Set(nodes.map(({ version }) => version))];
  const [first = ''] = all;
  const others = [...all, settings.version];
  const stranger = others.find((one) => others.some((other) => !areAdjacent(one, other)));
  if (stranger !== undefined) {
    return fail(
      `${all.join(', ')}; this program is ${settings.version}`,
      'Only adjacent minor versions run side by side: upgrade one minor version at a time.',
    );
  }
  if (all.length > 1) return warn(all.join(', '), 'Fine during an upgrade: finish it.');
  if (first !== settings.version) {
    return warn(
      `${first}; this program is ${settings.version}`,
      'Run the doctor of the installed version, or go on with the upgrade.',
    );
  }
  return pass(`all run ${first}`);
}

async function privateAddresses({ settings, machine, nodes, network }: DoctorDeps): Promise<Finding> {
  if (isThisMachineOnly(settings.host) && nodes.length > 1) {
    return fail(
      `CONFAB_HOST is ${settings.host}: nobody else reaches this node`,
      'Set CONFAB_HOST to the private address of the machine, or to 0.0.0.0 behind a firewall.',
    );
  }
  const hosts = nodes.flatMap(({ address }) => readPlace(address)?.host ?? []);
  const resolved = (await Promise.all(hosts.map((host) => network.resolve(host)))).flat();
  const all = [...new Set([...machine.addresses, ...resolved])];
  const open = all.filter((address) => !isPrivate(address));
  if (open.length === 0) return pass(all.length === 0 ? 'no address but its own' : all.join(', '));
  return warn(
    `${open.join(', ')} can be reached from the internet`,
    'Give nodes static private addresses (10.…, 172.16–31.…, 192.168.…) and let people come by the balancer only.',
  );
}

function timeZone({ machine }: DoctorDeps): Finding {
  if (/^(Etc\/)?(UTC|UCT|GMT|Zulu|Universal)$/.test(machine.timeZone)) return pass(machine.timeZone);
  return warn(
    machine.timeZone,
    'timedatectl set-timezone UTC, so that the logs of all machines fit together.',
  );
}

async function clockAndDatabase({ postgres, clock }: DoctorDeps): Promise<Finding> {
  if (postgres.state !== 'open') return skipped('the database does not answer');
  const offsetMs = await measureOffset(postgres.part, clock);
  return clockFinding(offsetMs, "the database's");
}

async function clockAndTimeServer({ settings, machine, network }: DoctorDeps): Promise<Finding> {
  const servers = settings.timeServers.length > 0 ? settings.timeServers : machine.timeServers;
  if (servers.length === 0) {
    return skipped(
      'no time server is named in the settings of chrony, ntpd or timesyncd; name one with --ntp',
    );
  }
  const silent: string[] = [];
  for (const server of servers.slice(0, 4)) {
    try {
      return clockFinding(await network.clockOffset(server), `${server}'s`);
    } catch (error) {
      if (!(error instanceof Unreached)) throw error;
      silent.push(`${server}: ${error.message}`);
    }
  }
  return fail(silent.join('; '), 'Let UDP 123 through to a time server, or name one of your own with --ntp.');
}

function clockFinding(offsetMs: number, whose: string): Finding {
  const size = Math.abs(offsetMs);
  if (size <= clockWarnMs) return pass(`${Math.round(size)} ms from ${whose}`);
  const found = `${offsetWords(offsetMs)} ${whose}`;
  const mend = 'Let all machines keep their time by NTP: systemctl enable --now chrony.';
  return size > clockRefuseMs ? fail(`${found}; no node starts like that`, mend) : warn(found, mend);
}

async function names({ settings, machine, nodes, network }: DoctorDeps): Promise<Finding> {
  const publicHost = settings.publicUrl === null ? null : new URL(settings.publicUrl).hostname.toLowerCase();
  const all = [...new Set([settings.nodeName, machine.name, ...nodes.map(({ name }) => name)])];
  const shared = all.find((name) => name.toLowerCase() === publicHost);
  if (shared !== undefined) {
    return fail(
      `${shared} is also the name in CONFAB_URL`,
      'Give each node a name of its own with --node-name; the public name belongs to the balancer.',
    );
  }
  const hosts = nodes.flatMap(({ address }) => readPlace(address)?.host ?? []);
  const asked = [...new Set([machine.name, ...hosts])];
  const found = await Promise.all(asked.map(async (name) => ({ name, known: await network.resolve(name) })));
  const unknown = found.filter(({ known }) => known.length === 0).map(({ name }) => name);
  if (unknown.length === 0) return pass(all.join(', '));
  return fail(
    `${unknown.join(', ')}: no address is known`,
    'Enter the names of all nodes in DNS, or in /etc/hosts of every machine.',
  );
}

function coresAndMemory({ machine }: DoctorDeps): Finding {
  const found = `${count(machine.cores, 'core')}, ${gibibytes(machine.memoryBytes)}`;
  if (machine.cores >= coresWanted && machine.memoryBytes >= memoryBytesWanted * memoryShare)
    return pass(found);
  return warn(
    found,
    `For thousands of people a node wants ${coresWanted} cores and 16 GiB; see "capacity with one node less" for what it carries now.`,
  );
}

async function reachEachOther({ settings, nodes, network }: DoctorDeps): Promise<Finding> {
  const others = nodes.filter(({ name, state }) => state === 'serving' && name !== settings.nodeName);
  if (others.length === 0) return skipped('no other node serves');
  const answers = await Promise.all(
    others.map(async ({ name, address }) => {
      try {
        const { status, body } = await network.get(`http://${address}/healthz`);
        return status === 200 && body.includes('"alive"')
          ? null
          : `${name} at ${address}: something else answers`;
      } catch (error) {
        if (error instanceof Unreached) return `${name} at ${address}: ${error.message}`;
        throw error;
      }
    }),
  );
  const missing = answers.filter((one) => one !== null);
  if (missing.length === 0)
    return pass(others.map(({ name, address }) => `${name} at ${address}`).join(', '));
  return fail(
    missing.join('; '),
    'Let nodes reach each other: open the port, and set CONFAB_HOST to an address that others reach.',
  );
}
