// Every kind of program of a cluster, by name. Each file beside knows one: its files of deploy/, how it starts, and what
// it says of itself. None knows when it is started or why.
import type { PartName } from '../topology.ts';
import type { Component, ComponentDeps } from './component.ts';
import { createEtcd } from './etcd.ts';
import { createHaproxy } from './haproxy.ts';
import { createKeepalived } from './keepalived.ts';
import { createNode } from './node.ts';
import { createPatroni, createPostgres } from './patroni.ts';
import { createPgbouncer } from './pgbouncer.ts';
import { createRedis, createSentinel } from './redis.ts';
import { createS3 } from './s3.ts';

export type Components = Readonly<Record<PartName, Component>>;

export type AllComponentDeps = ComponentDeps & {
  certificateFile: string;
  program: readonly string[];
  deployFolder: string;
};

export function createComponents(deps: AllComponentDeps): Components {
  return {
    etcd: createEtcd(deps),
    patroni: createPatroni(deps),
    postgres: createPostgres(deps),
    redis: createRedis(deps),
    sentinel: createSentinel(deps),
    s3: createS3(deps),
    pgbouncer: createPgbouncer(deps),
    haproxy: createHaproxy(deps),
    keepalived: createKeepalived(deps),
    node: createNode(deps),
  };
}
