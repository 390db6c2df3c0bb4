import { chownSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DeployFiles, Owner } from '../deploy-files.ts';
import type { Program, Programs } from '../hosts/programs.ts';
import type { Network } from '../hosts/network.ts';
import type { Machine } from '../platform/machine.ts';
import type { Secrets, Timing } from '../record.ts';
import type { PartName, PlannedHost, Topology } from '../topology.ts';

/** One kind of program: how it is made ready, started, and asked how it is doing. */
export interface Component {
  readonly part: PartName;
  /** Writes its files and folders; once, before its first start. */
  prepare(host: PlannedHost): Promise<void> | void;
  /** What a run before may have left in the way. */
  clearAway?(host: PlannedHost): void;
  /** What is started; null for what another part starts. */
  program(host: PlannedHost): Program | null;
  /** Whether it takes work; asked again until it does. */
  isReady(host: PlannedHost): Promise<boolean>;
  /** Asked only of one that runs. */
  look(host: PlannedHost): Promise<Look>;
}

export type PartState = 'ok' | 'degraded' | 'down';

export interface Look {
  readonly state: PartState;
  readonly role: string | null;
  readonly version: string | null;
  readonly detail: string;
}

export interface ComponentDeps {
  readonly topology: Topology;
  readonly folder: string;
  readonly secrets: Secrets;
  readonly timing: Timing;
  readonly files: DeployFiles;
  readonly programs: Programs;
  readonly network: Network;
  readonly machine: Machine;
  readonly users: Users;
}

/** Users of this machine by name, as Debian's packages make them. */
export type Users = (name: string) => Owner;

/** Everything of one part on one host: its files, its data, its sockets. */
export function homeOf(folder: string, host: PlannedHost, part: PartName): string {
  return join(folder, 'hosts', host.name, part);
}

export function makeFolder(path: string, owner: Owner): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o755 });
  mkdirSync(path, { mode: 0o700 });
  chownSync(path, owner.uid, owner.gid);
}

export const silent: Look = { state: 'down', role: null, version: null, detail: 'runs, and does not answer' };
