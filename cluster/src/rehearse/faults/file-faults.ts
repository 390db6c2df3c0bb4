import { namesOf, type ClusterFaultDeps, type Plan } from './plan.ts';

/** Uploads wait; who writes notices nothing. */
export function fileFaults({ cluster }: ClusterFaultDeps): Plan[] {
  const store = () => namesOf(cluster, 'files').map((name) => cluster.host(name));
  const files = { part: 'files', aimMs: 500 } as const;
  return [
    {
      ...files,
      name: 'files-freeze',
      title: 'The file store hangs',
      holdMs: 15_000,
      async hurt() {
        for (const host of store()) host.freeze();
        return async () => {
          for (const host of store()) host.thaw();
        };
      },
    },
    {
      ...files,
      name: 'files-kill',
      title: 'The file store is killed',
      holdMs: 5_000,
      async hurt() {
        for (const host of store()) host.signal('s3', 'SIGKILL');
        return async () => {
          for (const host of store()) await host.start('s3');
        };
      },
    },
  ];
}
