import { createRequire } from 'node:module';
import { join } from 'node:path';
import { askHttp } from '../platform/asking.ts';
import { ClusterProblem } from '../problem.ts';
import { hostsWith, nameOrAddress, type PlannedHost, type Topology } from '../topology.ts';
import { homeOf, makeFolder, silent, type Component, type ComponentDeps } from './component.ts';

const port = 4568;
const bucket = 'confab';
/** The only ones that this store knows; it is for trials. */
const keys = { AWS_ACCESS_KEY_ID: 'S3RVER', AWS_SECRET_ACCESS_KEY: 'S3RVER' };
/** Debian's user nobody. */
const nobody = '65534';

/** A store that speaks like Amazon's S3: s3rver, which comes with the project's development dependencies. */
export function createS3(
  deps: Pick<ComponentDeps, 'folder' | 'users'> & { program: readonly string[]; deployFolder: string },
): Component {
  const { folder, deployFolder } = deps;
  const [node = 'node'] = deps.program;
  const home = (host: PlannedHost): string => homeOf(folder, host, 's3');
  return {
    part: 's3',
    prepare: (host) => makeFolder(home(host), deps.users('nobody')),
    program: (host) => ({
      command: [
        ...[node, programIn(deployFolder), '--silent', '--directory', home(host)],
        ...['--address', host.address, '--port', String(port), '--no-vhost-buckets'],
        ...['--configure-bucket', bucket],
      ],
      user: nobody,
    }),
    isReady: async ({ address }) => (await askStore(address)) === 200,
    async look({ address }) {
      const status = await askStore(address);
      if (status === null) return silent;
      return status === 200
        ? { state: 'ok', role: null, version: null, detail: `bucket ${bucket}` }
        : { state: 'degraded', role: null, version: null, detail: `has no bucket ${bucket}` };
    },
  };
}

/** Where nodes keep files, as their settings say it. */
export function filesSettings(topology: Topology): Record<string, string> {
  const [store] = hostsWith(topology, 's3');
  if (store === undefined) throw new RangeError('a cluster without a file store');
  return {
    CONFAB_FILES: `s3://${bucket}/files?endpoint=http://${nameOrAddress(topology, store)}:${port}`,
    ...keys,
  };
}

const askStore = async (address: string): Promise<number | null> =>
  (await askHttp(`http://${address}:${port}/${bucket}?max-keys=1`))?.status ?? null;

function programIn(deployFolder: string): string {
  try {
    const manifest = createRequire(join(deployFolder, 'any')).resolve('s3rver/package.json');
    return join(manifest, '../bin/s3rver.js');
  } catch (cause) {
    const message = 'the file store s3rver is missing: npm install brings it, with development dependencies';
    throw new ClusterProblem(message, cause);
  }
}
