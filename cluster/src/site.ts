import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { createComponents, type Components } from './components/index.ts';
import { createDeployFiles, type DeployFiles, type Owner } from './deploy-files.ts';
import { createLoopback } from './hosts/loopback.ts';
import { forLoopback } from './hosts/loopback-files.ts';
import { createNetwork, type Network } from './hosts/network.ts';
import { createPrograms, type Programs } from './hosts/programs.ts';
import type { Machine } from './platform/machine.ts';
import { ClusterProblem } from './problem.ts';
import type { RecordKeeper } from './record.ts';
import { createSwitches, type Switches } from './switches.ts';
import { planTopology, type Topology } from './topology.ts';

/** A cluster's machines and programs, put together from what its record says. Nothing has to run. */
export interface Site {
  readonly folder: string;
  readonly record: RecordKeeper;
  readonly machine: Machine;
  readonly topology: Topology;
  readonly network: Network;
  readonly programs: Programs;
  readonly files: DeployFiles;
  readonly components: Components;
  readonly switches: Switches;
}

export function createSite({ folder, record, machine }: Pick<Site, 'folder' | 'record' | 'machine'>): Site {
  const { name, network: prefix, secrets, timing, deployFolder, program } = record.read();
  const { isRoot } = machine;
  const ground = record.read().ground ?? 'namespaces';
  const topology = planTopology({ name, network: prefix, ground });
  const network = ground === 'loopback' ? createLoopback({ folder }) : createNetwork({ topology, machine });
  const programs = createPrograms({ machine, folder, ground });
  const files = createDeployFiles({
    deployFolder,
    ...(ground === 'loopback'
      ? { adapt: (host, path, text) => forLoopback({ topology, host, isRoot }, path, text) }
      : {}),
  });
  const components = createComponents({
    ...{ topology, folder, secrets, timing, network, programs, machine, program, deployFolder },
    files,
    users: isRoot ? readUsers(readFileSync('/etc/passwd', 'utf8')) : ourselves,
    certificateFile: certificateFiles(folder).bundle,
  });
  const switches = createSwitches({ folder, record, machine, network, programs, components });
  return { folder, record, machine, topology, network, programs, files, components, switches };
}

/** The certificates that `up` makes: who signs, and what the balancers show. */
export function certificateFiles(folder: string): { ca: string; caKey: string; bundle: string } {
  const tls = join(folder, 'tls');
  return { ca: join(tls, 'ca.pem'), caKey: join(tls, 'ca.key'), bundle: join(tls, 'chat.pem') };
}

/** Who is not root can start programs as nobody else. */
function ourselves(): Owner {
  const { uid, gid } = userInfo();
  return { uid, gid };
}

function readUsers(passwd: string): (name: string) => Owner {
  const users = new Map(passwd.split('\n').map((line) => [line.split(':')[0] ?? '', line.split(':')]));
  return (name) => {
    const [, , uid, gid] = users.get(name) ?? [];
    if (uid === undefined || gid === undefined)
      throw new ClusterProblem(
        `this machine has no user ${name}, which comes with a Debian package: confab cluster up --yes`,
      );
    return { uid: Number(uid), gid: Number(gid) };
  };
}
