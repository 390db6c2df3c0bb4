import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { hostsWith, type PlannedHost } from '../topology.ts';
import { homeOf, makeFolder, type Component, type ComponentDeps } from './component.ts';

export function createKeepalived(deps: ComponentDeps): Component {
  const { folder, files, users, topology, network, machine } = deps;
  const home = (host: PlannedHost): string => homeOf(folder, host, 'keepalived');
  let version: Promise<string | null> | null = null;
  const readVersion = async (): Promise<string | null> =>
    /v([\d.]+)/.exec(await machine.run(['sh', '-c', 'keepalived --version 2>&1']))?.[1] ?? null;
  return {
    part: 'keepalived',
    prepare(host) {
      makeFolder(home(host), users('root'));
      const [peer] = hostsWith(topology, 'keepalived').filter(({ name }) => name !== host.name);
      const check = join(home(host), 'check-balancer.sh');
      files.write('keepalived/check-balancer.sh', check, {}, { host, mode: 0o755 });
      const filling = {
        places: {
          HERE_NAME: host.name,
          HERE_ADDRESS: host.address,
          PEER_ADDRESS: peer?.address ?? '',
          FLOATING_PUBLIC: `${topology.floating.public}/24`,
          FLOATING_PRIVATE: `${topology.floating.private}/24`,
        },
        instead: [['/etc/keepalived/check-balancer.sh', check]] as const,
      };
      files.write('keepalived/keepalived.conf', join(home(host), 'keepalived.conf'), filling, {
        host,
        mode: 0o644,
      });
    },
    // It does not start while the number in there is anybody's.
    clearAway(host) {
      for (const file of ['keepalived.pid', 'vrrp.pid']) rmSync(join(home(host), file), { force: true });
    },
    program: (host) => ({
      command: [
        ...['keepalived', '--dont-fork', '--log-console', '--log-detail', '--vrrp'],
        ...['--use-file', join(home(host), 'keepalived.conf')],
        ...['--pid', join(home(host), 'keepalived.pid'), '--vrrp_pid', join(home(host), 'vrrp.pid')],
      ],
    }),
    isReady: () => Promise.resolve(true),
    async look(host) {
      const addresses = await network.addressesOf(host);
      const { floating } = topology;
      const held = [floating.public, floating.private].filter((one) => addresses.includes(one));
      return {
        state: held.length === 1 ? 'degraded' : 'ok',
        role: held.length === 0 ? 'backup' : 'master',
        version: await (version ??= readVersion()),
        detail: held.length === 0 ? 'waits' : `has ${held.join(' and ')}`,
      };
    },
  };
}

/** The balancers that have the floating address that people come to: one, when all is well. */
export async function holdersOf({
  topology,
  network,
}: Pick<ComponentDeps, 'topology' | 'network'>): Promise<PlannedHost[]> {
  const balancers = hostsWith(topology, 'haproxy');
  const held = await Promise.all(balancers.map((host) => network.addressesOf(host)));
  return balancers.filter((_, index) => held[index]?.includes(topology.floating.public) === true);
}
